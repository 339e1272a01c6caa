package io.lodger.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkEngineTest {

    @TempDir
    private Path folder;

    @Test
    void anotherArchitectureIsRefusedByName() throws Exception {
        var engine = new ForkEngine("aarch64", stage -> { });
        assertEquals(Optional.of("it can't yet save processes on aarch64, only on amd64"), engine.obstacle());
        try (var session = new FileSession(folder.resolve("image"))) {
            var refusal = assertThrows(IOException.class, () -> engine.save("1", Map.of(), session));
            assertTrue(refusal.getMessage().contains("aarch64"), refusal::getMessage);
        }
    }

    @Test
    void thisOneIsTheEngineForkAndHasNothingAgainstIt() {
        assertEquals("fork", new ForkEngine().name());
        assertEquals(Optional.empty(), new ForkEngine("amd64", stage -> { }).obstacle());
    }

    @Test
    void theTargetIsAProcessId() throws Exception {
        try (var session = new FileSession(folder.resolve("image"))) {
            var engine = new ForkEngine("amd64", stage -> { });
            assertEquals("the target of the engine fork is a process id, a number from 1 on, not redis",
                    assertThrows(IllegalArgumentException.class, () -> engine.save("redis", Map.of(), session)).getMessage());
        }
    }

    @Test
    void itDoesNotSaveTheProcessItRunsIn() throws Exception {
        try (var session = new FileSession(folder.resolve("image"))) {
            var own = Long.toString(ProcessHandle.current().pid());
            var refusal = assertThrows(IOException.class, () -> new ForkEngine("amd64", stage -> { }).save(own, Map.of(), session));
            assertEquals("process " + own + " (java) is the save helper itself", refusal.getMessage());
        }
    }
}
