package com.example.suspend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptStrategyTest {

    @TempDir
    private Path folder;

    @Test
    void runsTheScriptOfTheTarget() throws Exception {
        var strategy = new ScriptStrategy(folder);
        script("suspend-mem", "touch " + folder.resolve("slept"));
        assertEquals(Optional.empty(), strategy.obstacle(SuspendTarget.MEM));
        strategy.suspend(SuspendTarget.MEM);
        assertTrue(Files.exists(folder.resolve("slept")));
    }

    @Test
    void saysWhatIsMissingAndWhatFailed() throws Exception {
        var strategy = new ScriptStrategy(folder);
        assertEquals(Optional.of("there is no program " + folder.resolve("suspend-disk")), strategy.obstacle(SuspendTarget.DISK));
        script("suspend-disk", "exit 3");
        assertEquals(folder.resolve("suspend-disk") + " ended with status 3",
                assertThrows(IOException.class, () -> strategy.suspend(SuspendTarget.DISK)).getMessage());
    }

    private void script(String name, String line) throws IOException {
        var script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
