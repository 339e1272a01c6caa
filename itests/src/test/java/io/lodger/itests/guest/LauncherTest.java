package io.lodger.itests.guest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    @TempDir
    private Path folder;

    @Test
    void launcherRunWithVmShowsATourOfAGuestAndLeavesNothingRunning() throws Exception {
        try (var lab = new GuestLab()) {
            lab.image(Image.TINY);
        }
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(Distribution.checkout().resolve("launcher/run").toString(), "--vm")
                .redirectErrorStream(true).redirectOutput(output.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("TMPDIR", folder.toString());
        // Where the developer's key is made.
        builder.environment().put("HOME", folder.toString());
        var process = builder.start();
        assertTrue(process.waitFor(GuestMachine.BOOT.toSeconds() + 60, SECONDS), () -> "launcher/run --vm goes on for ever");
        var said = Files.readString(output);
        assertEquals(0, process.exitValue(), said);
        // An address that QEMU gives to guests.
        assertTrue(said.contains("guest-network-get-interfaces") && said.contains("10.0.2.15"), said);
        assertTrue(ProcessHandle.allProcesses().noneMatch(other -> other.info().commandLine().orElse("").contains(folder + "/")), said);
    }
}
