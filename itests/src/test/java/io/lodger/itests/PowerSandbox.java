package io.lodger.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A place where an agent may suspend, shut down and reboot and nothing comes of it: with a {@code /sys} of its own, in a PID namespace of
 * its own, of which reboot(2) ends no more than that, and with the programs of power management before all others on its PATH. Needs
 * root's rights.
 */
final class PowerSandbox {

    private static final List<String> PROGRAMS = List.of("systemctl", "pm-is-supported", "pm-suspend", "pm-hibernate", "pm-suspend-hybrid",
            "shutdown", "poweroff", "halt", "reboot");

    private final Path folder;

    /** A place whose files are in this folder. At first every program fails, and the kernel can suspend to RAM. */
    PowerSandbox(Path folder) throws IOException {
        this.folder = folder;
        file("sys/power/state", "freeze mem\n");
        file("sys/power/suspend_stats/success", "0\n");
        file("sys/class/rtc/rtc0/since_epoch", "1800000000\n");
        file("sys/class/rtc/rtc0/wakealarm", "");
        file("systemd/.keep", "");
        for (var name : PROGRAMS) {
            program(name, "echo " + name + " fails; exit 1");
        }
    }

    /** Whether this machine lets us make one. */
    static boolean isPossible() throws Exception {
        return new ProcessBuilder("unshare", "--mount", "--pid", "--fork", "--mount-proc", "mount", "--bind", "/tmp", "/sys")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    /** What to put before the agent. It refuses to run it where it could do harm. */
    List<String> starter() {
        return List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-ec", """
                [ $$ = 1 ]
                mount --bind "$0/sys" /sys
                [ ! -d /run/systemd ] || mount --bind "$0/systemd" /run/systemd
                export PATH="$0/bin:$PATH"
                "$@" &
                wait $!
                """, folder.toString());
    }

    /** Writes a file, with its folders. */
    PowerSandbox file(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), content);
        return this;
    }

    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    /** Replaces a program by a script, which finds the folder in {@code $ROOT} and notes each of its calls in {@code calls}. */
    PowerSandbox program(String name, String script) throws IOException {
        var next = folder.resolve("bin/." + name);
        file("bin/." + name, "#!/bin/sh\nROOT='" + folder + "'\necho " + name + " \"$*\" >> $ROOT/calls\n" + script + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(next, folder.resolve("bin").resolve(name), StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /** The calls of programs so far. */
    List<String> calls() throws IOException {
        return Files.exists(folder.resolve("calls")) ? Files.readAllLines(folder.resolve("calls")).stream().map(String::strip).toList()
                : List.of();
    }
}
