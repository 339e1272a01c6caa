package io.lodger.core.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.AgentUnderTest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixListenerTest {

    @TempDir
    Path folder;

    @Test
    void theSocketThatAnotherAgentLeftIsReplaced() throws Exception {
        new UnixListener(folder.resolve("c0")).close();
        assertTrue(Files.exists(folder.resolve("c0")));
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            assertEquals("{\"return\": {}}", host.call("guest-ping"));
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "precious");
        var refused = assertThrows(FileAlreadyExistsException.class, () -> new UnixListener(file));
        assertEquals(file + ": is no socket, and is left alone", refused.getMessage());
        assertEquals("precious", Files.readString(file));
    }

    @Test
    void aPathThatIsTooLongIsNamedWithTheLengthThatWouldDo() {
        var path = folder.resolve("x".repeat(108));
        var refused = assertThrows(IOException.class, () -> new UnixListener(path));
        assertTrue(refused.getMessage().startsWith("can't listen on " + path + ": "), refused.getMessage());
        assertTrue(refused.getMessage().endsWith("; a socket's path has 107 bytes at most"), refused.getMessage());
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        var path = folder.resolve("nowhere/socket");
        var refused = assertThrows(IOException.class, () -> new UnixListener(path));
        assertEquals("can't listen on " + path + ": No such file or directory", refused.getMessage());
    }
}
