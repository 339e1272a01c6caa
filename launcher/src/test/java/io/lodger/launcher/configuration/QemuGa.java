package io.lodger.launcher.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The qemu-ga that is installed here, as far as {@code --dump-conf} shows what it made of options and configuration file. */
final class QemuGa {

    private static final Path PROGRAM = Path.of("/usr/sbin/qemu-ga");

    /** What a program made of its options: its exit status, and the configuration it printed or how it complained of an option. */
    record Dump(int status, String text) {
    }

    private QemuGa() {
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    static Dump dump(Optional<Path> configuration, String... words) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of(PROGRAM.toString(), "-D"));
        line.addAll(Arrays.asList(words));
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("QGA_CONF", configuration.map(Path::toString).orElse(""));
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return new Dump(status, status == 0 ? withoutLog(text) : complaint(text));
    }

    /** Warnings go to the same place. */
    private static String withoutLog(String text) {
        return text.substring(Math.max(0, text.indexOf("[general]")));
    }

    /** What getopt_long(3) says, without the program's name before it; nothing when the complaint is another one. */
    static String complaint(String text) {
        var first = text.lines().findFirst().orElse("");
        return text.contains("Unknown option") ? first.replaceFirst("^" + PROGRAM + ": ", "") : "";
    }
}
