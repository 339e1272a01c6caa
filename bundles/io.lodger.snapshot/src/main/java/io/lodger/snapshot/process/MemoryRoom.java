package io.lodger.snapshot.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks whether there is room for a copy: for its page tables always, for where there is none the kernel might look for a process to end,
 * and find the target; for all that it could write to where the kernel promises no more memory than there is.
 */
final class MemoryRoom {

    /** What a process needs besides its page tables. */
    private static final long SMALL_THINGS = 1 << 20;
    /** Version 1 has no word for no limit, only a number larger than any memory. */
    private static final long UNLIMITED = 1L << 60;
    private static final int NEVER_OVERCOMMIT = 2;
    /** Where control groups are found, versions 1, 2 and both at once. */
    private static final List<String> ROOTS_OF_1 = List.of("/sys/fs/cgroup/memory");
    private static final List<String> ROOTS_OF_2 = List.of("/sys/fs/cgroup", "/sys/fs/cgroup/unified");

    private MemoryRoom() {
    }

    static void check(ProcessFacts process, String who) throws IOException {
        long needed = process.size("VmPTE") + SMALL_THINGS;
        if (memory("MemAvailable") < needed) {
            throw new IOException("the machine has no room for the page tables of a copy of " + who + ", " + needed + " bytes");
        }
        checkPromises(process, who);
        for (var line : Files.readAllLines(ProcessFacts.folder(process.pid()).resolve("cgroup"))) {
            var parts = line.split(":", 3);
            if (parts[1].equals("memory")) {
                checkGroup(ROOTS_OF_1, parts[2], "memory.limit_in_bytes", "memory.usage_in_bytes", needed, who);
            } else if (parts[1].isEmpty()) {
                checkGroup(ROOTS_OF_2, parts[2], "memory.max", "memory.current", needed, who);
            }
        }
    }

    /** Linux's Documentation/mm/overcommit-accounting: every private page that can be written to counts. */
    private static void checkPromises(ProcessFacts process, String who) throws IOException {
        if (number(Path.of("/proc/sys/vm/overcommit_memory")) != NEVER_OVERCOMMIT) {
            return;
        }
        long needed = process.size("VmData") + process.size("VmStk");
        long left = Math.max(0, memory("CommitLimit") - memory("Committed_AS"));
        if (left < needed) {
            throw new IOException("the kernel promises no more memory than there is (vm.overcommit_memory=2): a copy of " + who + " needs "
                    + needed + " bytes, and " + left + " are left");
        }
    }

    /** A line of /proc/meminfo, in bytes. */
    private static long memory(String name) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("/proc/meminfo has no " + name);
    }

    /** Looks at a group and all that it is in. */
    private static void checkGroup(List<String> roots, String name, String limitFile, String usageFile, long needed, String who)
            throws IOException {
        for (var root : roots) {
            for (var group = Path.of(root + name).normalize(); group.startsWith(root); group = group.getParent()) {
                var limit = group.resolve(limitFile);
                if (Files.exists(limit) && number(limit) < UNLIMITED) {
                    long room = number(limit) - number(group.resolve(usageFile)) + reclaimable(group.resolve("memory.stat"));
                    if (room < needed) {
                        throw new IOException("the control group " + group + " has no room for the page tables of a copy of " + who
                                + ": " + needed + " bytes are needed, " + Math.max(0, room) + " are left of its limit");
                    }
                }
            }
        }
    }

    private static long number(Path file) throws IOException {
        var text = Files.readString(file).strip();
        return text.equals("max") ? UNLIMITED : Long.parseLong(text);
    }

    /** What of a group's usage are files' contents, which the kernel drops before it ends anybody. */
    private static long reclaimable(Path statistics) throws IOException {
        long sum = 0;
        for (var line : Files.readAllLines(statistics)) {
            if (line.startsWith("inactive_file ") || line.startsWith("active_file ")) {
                sum += Long.parseLong(line.substring(line.indexOf(' ') + 1));
            }
        }
        return sum;
    }
}
