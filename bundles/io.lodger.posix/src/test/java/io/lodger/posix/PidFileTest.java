package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @Test
    void aSecondProcessIsRefusedForAsLongAsTheFirstHoldsTheFile(@TempDir Path folder) throws Exception {
        var path = folder.resolve("agent.pid");
        Files.writeString(path, "a number much longer than ours\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        var held = PidFile.acquire(path);
        assertEquals("lockf " + path + ": Resource temporarily unavailable", inAnotherProcess(path));
        held.close();
        held.close();
        assertFalse(Files.exists(path));
        assertEquals("acquired", inAnotherProcess(path));
    }

    @Test
    void theFileHasThePidAndIsForItsOwnerOnly(@TempDir Path folder) throws IOException {
        var path = folder.resolve("agent.pid");
        var held = PidFile.acquire(path);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(path));
        held.close();
    }

    private static String inAnotherProcess(Path path) throws IOException {
        var process = JavaProcess.start(Probe.class, path.toString());
        try (var output = process.inputReader()) {
            return output.readLine();
        }
    }

    /** What the second process does. */
    static final class Probe {

        public static void main(String[] arguments) throws IOException {
            try {
                PidFile.acquire(Path.of(arguments[0])).close();
                System.out.println("acquired");
            } catch (ErrnoException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
