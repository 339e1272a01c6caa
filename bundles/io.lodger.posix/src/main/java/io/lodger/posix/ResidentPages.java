package io.lodger.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The pages of files, of programs above all, that this process has touched and the kernel keeps mapped for it. After a start most of
 * them will not be touched again.
 */
public final class ResidentPages {

    private static final int MADV_DONTNEED = 4;

    private ResidentPages() {
    }

    /**
     * Unmaps all pages of this process that stand in a file just as they are in memory, madvise(2). One that is needed again is mapped
     * again, from the kernel's page cache as long as nobody had a better use for that memory. Nothing is lost: only mappings that
     * can't be written and of which the process has no page of its own are looked at, as proc(5) tells of {@code /proc/self/smaps}.
     *
     * @throws IOException when the mappings can't be read
     */
    public static void release() throws IOException {
        String mapping = null;
        boolean own = false;
        for (var line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.startsWith("Anonymous:") || line.startsWith("Swap:")) {
                own |= !line.endsWith(" 0 kB");
            } else if (line.startsWith("VmFlags:")) {
                release(mapping, own);
            } else if (!Character.isUpperCase(line.charAt(0))) {
                mapping = line;
                own = false;
            }
        }
    }

    /** The mapping as its first line has it: {@code from-to permissions offset device inode path}. */
    private static void release(String mapping, boolean own) {
        var words = mapping.split(" ", 6);
        boolean ofFile = !words[4].equals("0");
        if (ofFile && !own && words[1].startsWith("r-")) {
            var range = words[0].split("-");
            long from = Long.parseUnsignedLong(range[0], 16);
            // Advice that the kernel doesn't take changes nothing.
            LibC.madvise(from, Long.parseUnsignedLong(range[1], 16) - from, MADV_DONTNEED);
        }
    }
}
