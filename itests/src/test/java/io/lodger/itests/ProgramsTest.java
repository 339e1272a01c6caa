package io.lodger.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that people type, as they type them. */
class ProgramsTest {

    @TempDir
    private Path folder;

    @Test
    void lodgerctlTalksToTheAgent() throws Exception {
        var ctl = Distribution.bin("lodgerctl").toString();
        try (var agent = AgentProcess.lodger(folder); var ready = agent.connectWhenReady()) {
            ready.close();
            var socket = agent.socket().toString();
            assertTrue(run(0, ctl, "--socket", socket, "commands").contains("guest-network-get-interfaces"));
            assertTrue(run(0, ctl, "--socket", socket, "describe", "guest-sync").contains("id"));
            assertTrue(run(0, ctl, "--socket", socket, "interfaces").contains("lo"));
            assertEquals("{}", run(0, ctl, "--socket", socket, "--json", "call", "guest-ping").strip());
            assertTrue(run(1, ctl, "--socket", socket, "call", "guest-nonsense").contains("guest-nonsense"));
        }
    }

    @Test
    void lodgerctlSaysInASentenceThatThereIsNoAgent() throws Exception {
        var nowhere = folder.resolve("nowhere.sock").toString();
        var output = run(3, Distribution.bin("lodgerctl").toString(), "--socket", nowhere, "call", "guest-ping");
        assertEquals(1, output.lines().count(), output);
        assertTrue(output.contains(nowhere), output);
    }

    @Test
    void launcherRunShowsATourWithoutATerminal() throws Exception {
        var output = run(0, Distribution.checkout().resolve("launcher/run").toString());
        assertTrue(output.contains("lodgerctl") && output.contains("guest-ping") && output.contains("interfaces"), output);
    }

    private String run(int status, String... command) throws Exception {
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        // Where launcher/run makes the developer's key.
        builder.environment().put("HOME", folder.toString());
        var process = builder.start();
        assertTrue(process.waitFor(120, SECONDS), String.join(" ", command));
        assertEquals(status, process.exitValue(), () -> String.join(" ", command) + " printed " + read(output));
        return Files.readString(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
