package io.lodger.power;

import io.lodger.power.builtin.KernelStrategy;
import io.lodger.power.builtin.PmUtilsStrategy;
import io.lodger.power.builtin.SystemdStrategy;
import io.lodger.power.kernel.SleepWitness;
import io.lodger.power.program.ProgramPath;
import io.lodger.power.strategy.SuspendStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * The files of a guest in a folder, and real programs in it. It sleeps when a program of it writes so to the file {@code asleep}, in
 * milliseconds since its start, or when the word {@code mem} or {@code disk} alone stands in {@code /sys/power/state}.
 */
public final class FakeGuest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Path root;

    /** A guest that can be suspended in every way by writing to the kernel's files, and has no programs. */
    public FakeGuest(Path root) {
        this.root = root;
        file("sys/power/state", "freeze mem disk\n");
        file("sys/power/disk", "[platform] shutdown reboot suspend test_resume\n");
        file("sys/power/resume", "254:32\n");
        file("sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
        file("proc/cmdline", "quiet root=/dev/vda\n");
        file("proc/meminfo", "MemTotal:  500000 kB\nActive(anon):  20000 kB\n");
        file("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n/dev/vdc partition 600000 1000 -2\n");
        file("sys/class/rtc/rtc0/since_epoch", "1000000\n");
        file("sys/class/rtc/rtc0/wakealarm", "");
        file("sys/class/wakeup/wakeup0/name", "00:03\n");
        file("sys/class/wakeup/wakeup0/event_count", "7\n");
        file("asleep", "0");
    }

    public Path root() {
        return root;
    }

    /** Writes a file, with its folders. */
    public FakeGuest file(String name, String content) {
        try {
            Files.createDirectories(root.resolve(name).getParent());
            Files.writeString(root.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FakeGuest without(String name) {
        try {
            Files.delete(root.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String name) {
        try {
            return Files.exists(root.resolve(name)) ? Files.readString(root.resolve(name)).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a program for the guest's shell, which finds the guest in {@code $ROOT} and notes each of its calls in {@code calls}. */
    public FakeGuest program(String name, String script) {
        var text = "#!/bin/sh\nROOT='" + root + "'\necho " + name + " \"$*\" >> $ROOT/calls\n" + script + "\n";
        try {
            Files.createDirectories(root.resolve("bin"));
            // Under another name first: a program that is still open for writing can't be run.
            var file = Files.writeString(root.resolve("bin/." + name), text, StandardOpenOption.CREATE);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(file, root.resolve("bin").resolve(name), StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calls of the guest's programs so far. */
    public List<String> calls() {
        return read("calls").lines().map(String::strip).toList();
    }

    public ProgramPath path() {
        return new ProgramPath(root.resolve("bin").toString(), root);
    }

    public SleepWitness witness() {
        return new SleepWitness(root, () -> {
            long asleep = Long.parseLong(read("asleep"));
            var state = read("sys/power/state");
            return Duration.ofMillis(state.equals("mem") || state.equals("disk") ? asleep + 5000 : asleep);
        });
    }

    /** The strategies that come with the bundle, in their order. */
    public List<SuspendStrategy> strategies() {
        return List.of(systemd(), pmUtils(), new KernelStrategy(root));
    }

    public SystemdStrategy systemd() {
        return new SystemdStrategy(root, path(), witness(), PATIENCE);
    }

    public PmUtilsStrategy pmUtils() {
        return new PmUtilsStrategy(root, path(), Duration.ofSeconds(30));
    }
}
