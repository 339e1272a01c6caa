package io.lodger.snapshot.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A mapping of a process as /proc/PID/smaps tells of it, proc(5).
 *
 * @param start its first address
 * @param end the address after it
 * @param permissions such as {@code rw-p}
 * @param offset where it begins in its file, in bytes
 * @param inode of its file, 0 for none
 * @param path of its file, or a name in brackets, or empty
 * @param anonymous how many bytes of it are the process's own, in memory or in swap space
 * @param flags the kernel's flags of two letters, such as {@code sh}
 */
public record Mapping(long start, long end, String permissions, long offset, long inode, String path, long anonymous, Set<String> flags) {

    private static final int HEX = 16;
    private static final int KIBI = 1024;
    private static final int PATH_WORD = 6;

    /**
     * All mappings of a process in ascending order.
     *
     * @throws IOException when there is no such process, or its mappings may not be read
     */
    public static List<Mapping> of(int pid) throws IOException {
        var mappings = new ArrayList<Mapping>();
        String head = null;
        long anonymous = 0;
        for (var line : Files.readAllLines(Path.of("/proc", Integer.toString(pid), "smaps"))) {
            if (line.startsWith("Anonymous:") || line.startsWith("Swap:")) {
                anonymous += Long.parseLong(line.replaceAll("\\D", "")) * KIBI;
            } else if (line.startsWith("VmFlags:")) {
                mappings.add(parsed(head, anonymous, Set.of(line.substring(line.indexOf(':') + 1).strip().split(" "))));
            } else if (!Character.isUpperCase(line.charAt(0))) {
                head = line;
                anonymous = 0;
            }
        }
        return mappings;
    }

    /** A line such as {@code 7f00-7f01 rw-p 00001000 fe:00 4711    /usr/lib/libc.so.6}. */
    private static Mapping parsed(String line, long anonymous, Set<String> flags) {
        var words = line.split(" +", PATH_WORD);
        int dash = words[0].indexOf('-');
        return new Mapping(Long.parseUnsignedLong(words[0].substring(0, dash), HEX),
                Long.parseUnsignedLong(words[0].substring(dash + 1), HEX), words[1], Long.parseLong(words[2], HEX),
                Long.parseLong(words[4]), words.length < PATH_WORD ? "" : words[PATH_WORD - 1], anonymous, flags);
    }

    /** How many bytes it has. */
    public long size() {
        return end - start;
    }

    /** Whether it shows a file; a deleted one counts as well. */
    public boolean isOfFile() {
        return inode != 0;
    }

    /** Whether others may see what is written to it. */
    public boolean isShared() {
        return flags.contains("sh");
    }

    /** Whether its file has no name any more, or never had one, as shared memory hasn't. */
    public boolean isOfNamelessFile() {
        return path.endsWith(" (deleted)");
    }

    /** What of it a copy that fork(2) makes lacks, see madvise(2): the name of the advice, or empty. */
    public String missingInCopy() {
        return flags.contains("dc") ? "MADV_DONTFORK" : flags.contains("wf") ? "MADV_WIPEONFORK" : "";
    }
}
