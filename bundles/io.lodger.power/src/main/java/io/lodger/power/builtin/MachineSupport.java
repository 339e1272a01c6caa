package io.lodger.power.builtin;

import io.lodger.power.kernel.GuestFile;
import io.lodger.power.strategy.SuspendTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the machine must have whichever program suspends it, as the kernel's {@code Documentation/admin-guide/pm/sleep-states.rst} and
 * {@code Documentation/power/swsusp.rst} tell.
 */
final class MachineSupport {

    private final Path root;
    private final GuestFile states;
    private final GuestFile modes;

    /** The machine whose files are below this root. */
    MachineSupport(Path root) {
        this.root = root;
        states = file("sys/power/state");
        modes = file("sys/power/disk");
    }

    /** Why the machine can't be suspended to this target; empty when nothing speaks against it. */
    Optional<String> obstacle(SuspendTarget target) {
        if (!states.exists()) {
            return Optional.of("there is no " + states + ": the kernel can't suspend at all");
        }
        return switch (target) {
            case MEM -> hasState("mem") ? Optional.empty() : Optional.of(lacks("mem"));
            case DISK -> diskObstacle();
            case HYBRID -> diskObstacle().or(() -> hybridObstacle());
        };
    }

    private Optional<String> diskObstacle() {
        if (!hasState("disk")) {
            return Optional.of(lockdown().or(this::forbidden).orElse(lacks("disk")));
        }
        return swapObstacle().or(this::resumeObstacle);
    }

    private Optional<String> hybridObstacle() {
        return words(modes).anyMatch(word -> word.equals("suspend") || word.equals("[suspend]")) ? Optional.empty()
                : Optional.of("the kernel can't keep the state in RAM and on disk: " + modes + " has no suspend");
    }

    private boolean hasState(String state) {
        return words(states).anyMatch(state::equals);
    }

    private String lacks(String state) {
        return states + " has no " + state + (states.read().isEmpty() ? ": it is empty" : ", only: " + states.read());
    }

    /** kernel_lockdown(7): hibernation would let root change the kernel. */
    private Optional<String> lockdown() {
        return words(file("sys/kernel/security/lockdown")).filter(word -> word.startsWith("[") && !word.equals("[none]"))
                .map(word -> "the kernel is locked down " + word + ", which forbids to suspend to disk").findFirst();
    }

    private Optional<String> forbidden() {
        return words(file("proc/cmdline")).filter(word -> word.equals("nohibernate") || word.equals("hibernate=no"))
                .map(word -> "the kernel was started with " + word).findFirst();
    }

    private Optional<String> swapObstacle() {
        long size = 0;
        long free = 0;
        for (var swap : file("proc/swaps").read().lines().skip(1).map(line -> line.trim().split("\\s+")).toList()) {
            // Compressed memory is no place that outlasts the machine.
            if (swap.length > 3 && !swap[0].startsWith("/dev/zram")) {
                size += Long.parseLong(swap[2]);
                free += Long.parseLong(swap[2]) - Long.parseLong(swap[3]);
            }
        }
        if (size == 0) {
            return Optional.of("no swap is in use that the memory could be written to (/proc/swaps)");
        }
        long needed = activeMemory();
        return free >= needed ? Optional.empty()
                : Optional.of("the swap is too small: " + free + " KiB are free and " + needed
                        + " KiB are needed (Active(anon) of /proc/meminfo)");
    }

    /** The KiB of memory that can't be dropped to be read again, and so have to be written: what systemd compares with the swap as well. */
    private long activeMemory() {
        return file("proc/meminfo").read().lines().filter(line -> line.startsWith("Active(anon):"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
    }

    /** Without it the machine would start anew, and what it was doing would be lost. */
    private Optional<String> resumeObstacle() {
        var device = file("sys/power/resume").read();
        boolean known = !device.isEmpty() && !device.equals("0:0")
                || words(file("proc/cmdline")).anyMatch(word -> word.startsWith("resume="))
                // These find the device by themselves: the first when the initramfs is made, the second from a note in the firmware.
                || Files.isDirectory(root.resolve("etc/initramfs-tools")) || Files.isDirectory(root.resolve("sys/firmware/efi/efivars"));
        return known ? Optional.empty()
                : Optional.of("nothing says where to resume from: no resume= on the kernel's command line, and /sys/power/resume is "
                        + (device.isEmpty() ? "missing" : device));
    }

    private GuestFile file(String name) {
        return new GuestFile(root.resolve(name));
    }

    private static Stream<String> words(GuestFile file) {
        return Arrays.stream(file.read().split("\\s+"));
    }
}
