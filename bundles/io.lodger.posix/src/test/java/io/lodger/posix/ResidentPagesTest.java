package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ResidentPagesTest {

    @Test
    void pagesOfFilesAreReleasedAndCodeRunsOnAllTheSame() throws IOException {
        long before = mappedOfFiles();
        ResidentPages.release();
        long after = mappedOfFiles();
        assertTrue(after < before, before + " kB before, " + after + " kB after");
        assertEquals("open /nowhere: No such file or directory", errorOfOpening("/nowhere"));
    }

    private static String errorOfOpening(String path) {
        try {
            Descriptor.open(path, Descriptor.O_RDONLY).close();
            return "none";
        } catch (ErrnoException e) {
            return e.getMessage();
        }
    }

    private static long mappedOfFiles() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("RssFile:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst().orElseThrow();
        }
    }
}
