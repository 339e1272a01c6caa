package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built agent runs to learn what is supported, and what is left of it. */
class PowerProbesTest {

    /** Ways to end, and how many calls, of three probes each, meet with them. */
    private static final Map<String, Integer> WAYS = Map.of("exit 0", 80, "exit 1", 80, "exit 127", 80, "kill -SEGV $$", 80,
            "head -c 10485760 /dev/zero", 20);

    @TempDir
    private Path folder;

    @Test
    void aThousandProbesLeaveNeitherChildNorDescriptorBehind() throws Exception {
        assumeTrue(PowerSandbox.isPossible(), "no right to make mount and PID namespaces here");
        var sandbox = new PowerSandbox(folder.resolve("sandbox"));
        var agent = AgentProcess.lodgerBy(sandbox.starter(), folder.resolve("agent"));
        try (var host = agent.connectWhenReady()) {
            for (var way : WAYS.keySet()) {
                // Whatever is opened once and for all is opened now.
                probe(host, sandbox, way, 1);
            }
            var process = Path.of("/proc", Long.toString(javaBelow(agent.pid())));
            var before = census(process);
            for (var way : WAYS.entrySet()) {
                probe(host, sandbox, way.getKey(), way.getValue());
            }
            assertEquals(before, census(process));
            assertTrue(sandbox.calls().stream().filter(call -> call.startsWith("pm-is-supported")).count() >= 1000);
        } finally {
            // The program that makes the namespaces takes no notice of SIGTERM; when it is killed all goes with it.
            agent.kill();
        }
    }

    /** Has each of three targets probed by a program that ends in this way. */
    private static void probe(Host host, PowerSandbox sandbox, String way, int calls) throws IOException {
        sandbox.program("pm-is-supported", way);
        for (int i = 0; i < calls; i++) {
            assertTrue(host.ask("{'execute': 'lodger-suspend-capabilities'}").startsWith("{\"return\": {\"mem\": "));
        }
    }

    private static long javaBelow(long pid) {
        return ProcessHandle.of(pid).orElseThrow().descendants()
                .filter(process -> process.info().command().filter(command -> command.endsWith("/java")).isPresent())
                .findFirst().orElseThrow().pid();
    }

    private static String census(Path process) throws IOException {
        long children = 0;
        try (var threads = Files.list(process.resolve("task"))) {
            for (var thread : threads.toList()) {
                children += Files.readString(thread.resolve("children")).split(" ").length - 1;
            }
        }
        try (var descriptors = Files.list(process.resolve("fd"))) {
            return children + " children, " + descriptors.count() + " descriptors";
        }
    }
}
