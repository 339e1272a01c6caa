package io.lodger.ctl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    Path folder;

    @Test
    void standsInTheStateDirectoryForItsOwnerAlone() throws IOException {
        var file = HistoryFile.find(folder.toString(), "/nonexistent").orElseThrow();
        assertEquals(folder.resolve("lodger/lodgerctl-history"), file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    }

    @Test
    void stateDirectoryIsBelowHomeUnlessGivenAsAnAbsolutePath() {
        var expected = Optional.of(folder.resolve(".local/state/lodger/lodgerctl-history"));
        assertEquals(expected, HistoryFile.find(null, folder.toString()));
        assertEquals(expected, HistoryFile.find("relative", folder.toString()));
    }

    @Test
    void thereIsNoneWhereNoneCanBeWritten() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        assertEquals(Optional.empty(), HistoryFile.find(file.toString(), "/nonexistent"));
        assertEquals(Optional.empty(), HistoryFile.find(null, "?"));
    }
}
