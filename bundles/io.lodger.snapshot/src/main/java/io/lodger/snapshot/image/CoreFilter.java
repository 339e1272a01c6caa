package io.lodger.snapshot.image;

import io.lodger.posix.PageScan;
import io.lodger.snapshot.process.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Which mappings belong into an image: the bits of /proc/PID/coredump_filter, core(5), with the kernel's own meaning.
 *
 * @param bits such as 0x33, the kernel's default
 */
public record CoreFilter(int bits) {

    private static final int ANONYMOUS_PRIVATE = 0;
    private static final int ANONYMOUS_SHARED = 1;
    private static final int FILE_PRIVATE = 2;
    private static final int FILE_SHARED = 3;
    private static final int ELF_HEADERS = 4;
    private static final int HUGE_PRIVATE = 5;
    private static final int HUGE_SHARED = 6;
    private static final int DAX_PRIVATE = 7;
    private static final int DAX_SHARED = 8;
    private static final int BITS = 9;
    private static final int HEX = 16;
    /** What devices give, and what the program doesn't want to be dumped. */
    private static final Set<String> NEVER = Set.of("io", "pf", "dd");

    /**
     * From text in hexadecimal digits, with or without 0x.
     *
     * @throws IllegalArgumentException when it isn't a mask of 9 bits
     */
    public static CoreFilter parse(String text) {
        var digits = text.startsWith("0x") ? text.substring(2) : text;
        if (!digits.matches("[0-9a-fA-F]{1,8}") || Long.parseLong(digits, HEX) >>> BITS != 0) {
            throw new IllegalArgumentException("the filter is a mask of 9 bits in hexadecimal digits as in core(5), such as 0x33, not "
                    + text);
        }
        return new CoreFilter(Integer.parseInt(digits, HEX));
    }

    /** The one that a process has. */
    public static CoreFilter of(int pid) throws IOException {
        return new CoreFilter(Integer.parseInt(Files.readString(Path.of("/proc", Integer.toString(pid), "coredump_filter")).strip(), HEX));
    }

    /** How many bytes from the beginning of a mapping belong into the image. */
    public long size(Mapping mapping) {
        if (mapping.path().equals("[vdso]")) {
            return mapping.size();
        }
        boolean shared = mapping.isShared();
        boolean never = mapping.flags().stream().anyMatch(NEVER::contains);
        if (mapping.path().startsWith("[vvar") || mapping.path().equals("[vsyscall]") || never && !mapping.flags().contains("ht")) {
            return 0;
        }
        if (mapping.flags().contains("ht")) {
            return has(shared ? HUGE_SHARED : HUGE_PRIVATE) ? mapping.size() : 0;
        }
        if (mapping.flags().contains("dx")) {
            return has(shared ? DAX_SHARED : DAX_PRIVATE) ? mapping.size() : 0;
        }
        if (shared) {
            return has(mapping.isOfNamelessFile() || !mapping.isOfFile() ? ANONYMOUS_SHARED : FILE_SHARED) ? mapping.size() : 0;
        }
        return sizeOfPrivate(mapping);
    }

    private long sizeOfPrivate(Mapping mapping) {
        if (mapping.anonymous() > 0 && has(ANONYMOUS_PRIVATE) || mapping.isOfFile() && has(FILE_PRIVATE)) {
            return mapping.size();
        }
        boolean beginsFile = mapping.isOfFile() && mapping.offset() == 0 && mapping.permissions().startsWith("r");
        return beginsFile && has(ELF_HEADERS) ? Math.min(PageScan.PAGE, mapping.size()) : 0;
    }

    private boolean has(int bit) {
        return (bits >> bit & 1) != 0;
    }
}
