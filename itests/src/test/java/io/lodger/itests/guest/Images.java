package io.lodger.itests.guest;

import io.lodger.itests.Distribution;
import io.lodger.itests.guest.qemu.Qemu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The folders of the images, each built when it is first asked for. */
final class Images {

    /** The exit status of build-image when the machine can't build. */
    private static final int UNABLE = 77;
    private static final List<String> PROGRAMS = List.of(Qemu.PROGRAM, "qemu-img", "setpriv");

    private final Map<Image, Path> folders = new EnumMap<>(Image.class);
    /** Why there can be no guests on this machine; null as long as nothing is known to be missing. */
    private String missing;

    /** The folder of an image; aborts the test when the means to build or to run it are missing. */
    Path folder(Image image) throws Exception {
        if (missing == null && !folders.containsKey(image)) {
            var unknown = PROGRAMS.stream().filter(program -> !isInstalled(program)).findFirst();
            if (unknown.isPresent()) {
                missing = unknown.get() + " is missing; itests/run installs it";
            } else {
                build(image);
            }
        }
        Assumptions.assumeTrue(missing == null, () -> "no guests on this machine: " + missing);
        return folders.get(image);
    }

    private static boolean isInstalled(String program) {
        return List.of(System.getenv("PATH").split(":")).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void build(Image image) throws Exception {
        var program = Distribution.checkout().resolve("itests/guest/build-image").toString();
        var process = new ProcessBuilder(program, image.buildName()).start();
        var last = "";
        try (var progress = process.errorReader(StandardCharsets.UTF_8)) {
            for (var line = progress.readLine(); line != null; line = progress.readLine()) {
                System.err.println(line);
                last = line;
            }
        }
        var folder = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        if (status == UNABLE) {
            missing = last;
        } else if (status != 0) {
            throw new IOException(program + " " + image.buildName() + " ended with status " + status + ": " + last);
        } else {
            folders.put(image, Path.of(folder));
        }
    }
}
