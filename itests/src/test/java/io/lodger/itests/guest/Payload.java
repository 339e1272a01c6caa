package io.lodger.itests.guest;

import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import io.lodger.itests.guest.qemu.Acceleration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The disk that a guest finds at {@code /payload}, read-only: the agent under test and how it is started, so that the image needn't be
 * built again for each build of the agent.
 */
final class Payload {

    private static final String MKE2FS = "/usr/sbin/mke2fs";
    private static final long SLACK_KIB = 4096;

    private Payload() {
    }

    /** Makes the disk, a raw image of an ext4 file system, and gives its path. */
    static Path make(GuestAgent agent, Acceleration acceleration, Path scratch) throws Exception {
        var content = Files.createDirectories(scratch.resolve("payload-" + agent));
        if (agent.script().isPresent()) {
            var scripts = Distribution.checkout().resolve("itests/guest/agents");
            copy(scripts.resolve(agent.script().get()), content.resolve("start"));
            Files.writeString(content.resolve("environment"), "LODGER_JAVA_OPTIONS='" + acceleration.javaOptions() + "'\n");
            if (agent == GuestAgent.LODGER) {
                copy(scripts.resolve("lodger.conf"), content.resolve("lodger.conf"));
                copy(Distribution.home(), content.resolve("lodger"));
                removeForeignLibraries(content.resolve("lodger/lib/native"));
            }
        }
        return disk(content, scratch.resolve("payload-" + agent + ".img"));
    }

    /** Makes a raw image of an ext4 file system with a folder's content. */
    static Path disk(Path content, Path image) throws Exception {
        // It would say that it makes one.
        Files.createFile(image);
        Await.success(new ProcessBuilder(MKE2FS, "-q", "-F", "-t", "ext4", "-O", "^has_journal", "-m", "0", "-d", content.toString(),
                image.toString(), kib(content) * 5 / 4 + SLACK_KIB + "k"));
        return image;
    }

    private static long kib(Path content) throws IOException {
        try (var files = Files.walk(content)) {
            long kib = 0;
            for (var file : files.toList()) {
                kib += 4 + Files.size(file) / 1024;
            }
            return kib;
        }
    }

    private static void removeForeignLibraries(Path natives) throws Exception {
        try (var systems = Files.list(natives)) {
            for (var system : systems.filter(folder -> !folder.endsWith("linux-x86-64")).toList()) {
                Await.success(new ProcessBuilder("rm", "-r", system.toString()));
            }
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        Await.success(new ProcessBuilder(List.of("cp", "-a", from.toString(), to.toString())));
    }
}
