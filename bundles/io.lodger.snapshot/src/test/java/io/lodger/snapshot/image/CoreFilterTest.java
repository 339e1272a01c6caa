package io.lodger.snapshot.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lodger.snapshot.process.Mapping;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The kernel's own rules, as core(5) and fs/coredump.c have them. */
class CoreFilterTest {

    private static final CoreFilter USUAL = CoreFilter.parse("33");

    @Test
    void memoryThatWasWrittenIsWholeAndMemoryNeverTouchedIsNotThere() {
        assertEquals(0x10000, USUAL.size(mapping("rw-p", 0, "", 4096)));
        assertEquals(0, USUAL.size(mapping("rw-p", 0, "", 0)));
    }

    @Test
    void ofAProgramOnlyTheFirstPageIsThere() {
        assertEquals(4096, USUAL.size(mapping("r--p", 7, "/usr/lib/libc.so.6", 0)));
        assertEquals(0x10000, CoreFilter.parse("0x4").size(mapping("r--p", 7, "/usr/lib/libc.so.6", 0)));
    }

    @Test
    void sharedMemoryIsThereAndSharedFilesAreNot() {
        assertEquals(0x10000, USUAL.size(mapping("rw-s", 7, "/memfd:x (deleted)", 0, "sh")));
        assertEquals(0, USUAL.size(mapping("rw-s", 7, "/var/lib/database", 0, "sh")));
    }

    @Test
    void whatIsNotToBeDumpedAndDevicesAreLeftOut() {
        assertEquals(0, USUAL.size(mapping("rw-p", 0, "", 4096, "dd")));
        assertEquals(0, USUAL.size(mapping("rw-p", 0, "", 4096, "io")));
        assertEquals(0, USUAL.size(mapping("r--p", 0, "[vvar]", 0, "io", "dd")));
        assertEquals(0x10000, USUAL.size(mapping("r-xp", 0, "[vdso]", 0)));
    }

    @Test
    void hugePagesHaveBitsOfTheirOwn() {
        assertEquals(0x10000, USUAL.size(mapping("rw-p", 7, "/anon_hugepage (deleted)", 0, "ht")));
        assertEquals(0, CoreFilter.parse("0x13").size(mapping("rw-p", 7, "/anon_hugepage (deleted)", 0, "ht")));
    }

    @Test
    void aFilterIsAMaskOfNineBits() {
        assertEquals(0x1ff, CoreFilter.parse("0x1FF").bits());
        assertThrows(IllegalArgumentException.class, () -> CoreFilter.parse("0x200"));
        assertThrows(IllegalArgumentException.class, () -> CoreFilter.parse("everything"));
    }

    private static Mapping mapping(String permissions, long inode, String path, long anonymous, String... flags) {
        return new Mapping(0x10000, 0x20000, permissions, 0, inode, path, anonymous, Set.of(flags));
    }
}
