package io.lodger.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built distribution as its users start it. */
class DistributionTest {

    @TempDir
    private Path folder;

    @Test
    void endsWithStatus0WithinTwoSecondsOfSigterm() throws Exception {
        try (var agent = AgentProcess.lodger(folder); var host = agent.connectWhenReady()) {
            assertEquals(0, agent.terminate(2));
        }
    }

    @Test
    void endsInTimeAlsoWhenItsHostReadsNothing() throws Exception {
        try (var agent = AgentProcess.lodger(folder); var host = agent.connectWhenReady()) {
            host.send("{'execute': 'lodger-describe'}".repeat(900));
            assertEquals(0, agent.terminate(2));
        }
    }

    @Test
    void endsInTimeAlsoWhileItStarts() throws Exception {
        try (var agent = AgentProcess.lodger(folder); var host = agent.connect()) {
            host.ask("{'execute': 'guest-ping'}");
            assertEquals(0, agent.terminate(2));
        }
    }

    @Test
    void endsInTimeAlsoWhileACommandHangs() throws Exception {
        var bundle = FixtureBundle.build(folder, "test.fixture", "1.0.0");
        try (var agent = AgentProcess.lodger(folder, unsignedBundlesAllowed()); var host = agent.connectWhenReady()) {
            host.ask("{'execute': 'lodger-bundle-install', 'arguments': {'path': '" + bundle + "'}}");
            var begun = folder.resolve("begun");
            host.send("{'execute': 'test-linger', 'arguments': {'file': '" + begun + "', 'stubborn': true}}");
            Await.until("the command runs", () -> Files.exists(begun));
            assertEquals(0, agent.terminate(2));
        }
    }

    @Test
    void leavesNothingButItsSocketAndTheFrameworksFolderBehind() throws Exception {
        var state = folder.resolve("state");
        try (var agent = AgentProcess.lodger(state); var host = agent.connectWhenReady()) {
            assertEquals(0, agent.terminate(2));
        }
        try (var files = Files.walk(state)) {
            var left = files.filter(Files::isRegularFile).map(file -> state.relativize(file).toString())
                    .filter(name -> !name.equals("lodger.log") && !name.startsWith("lodger.framework/")).toList();
            assertEquals(List.of(), left);
        }
    }

    @Test
    void namesAWrongOptionAndTheRightOne() throws Exception {
        var result = run("--metod", "unix-listen");
        assertEquals(1, result.status());
        assertTrue(result.output().contains("--metod") && result.output().contains("--method"), result.output());
    }

    @Test
    void listsTheCommandsThatCanBeBlocked() throws Exception {
        var result = run("-b", "help");
        assertEquals(0, result.status());
        var names = result.output().lines().toList();
        assertTrue(names.containsAll(List.of("guest-ping", "guest-network-get-interfaces", "lodger-describe")), result.output());
    }

    @Test
    void blocksWhatItIsToldTo() throws Exception {
        try (var agent = AgentProcess.lodger(folder, "-b", "guest-network-get-interfaces"); var host = agent.connectWhenReady()) {
            assertEquals("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"Command guest-network-get-interfaces has been disabled: "
                    + "the command is not allowed\"}}", host.ask("{'execute': 'guest-network-get-interfaces'}"));
            assertTrue(host.ask("{'execute': 'guest-info'}").contains(
                    "{\"name\": \"guest-network-get-interfaces\", \"enabled\": false, \"success-response\": true}"));
        }
    }

    @Test
    void servesSeveralChannelsAtOnceEachByItself() throws Exception {
        var second = folder.resolve("second.sock");
        var configuration = folder.resolve("lodger.conf");
        Files.writeString(configuration, "[channel second]\nmethod=unix-listen\npath=" + second + "\n");
        try (var agent = AgentProcess.lodger(folder, "-c", configuration.toString());
                var first = agent.connectWhenReady();
                var other = new Host(second)) {
            first.send("{'execute': 'guest-sync', 'arguments': {'id': ");
            assertEquals("{\"return\": {}}", other.ask("{'execute': 'guest-ping'}"));
            assertEquals("{\"return\": 5}", first.ask("5}}"));
        }
    }

    @Test
    void startsFrozenInAFrozenGuest() throws Exception {
        Files.createFile(folder.resolve("qga.state.isfrozen"));
        try (var agent = AgentProcess.lodger(folder); var host = agent.connectWhenReady()) {
            assertTrue(host.ask("{'execute': 'guest-network-get-interfaces'}").contains("CommandNotFound"));
            assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
            agent.signal();
            assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
            assertTrue(agent.isAlive(), "SIGTERM is ignored while frozen");
            agent.kill();
        }
    }

    @Test
    void givesMemoryBackAfterABigRequest() throws Exception {
        try (var agent = AgentProcess.lodger(folder); var host = agent.connectWhenReady()) {
            long before = agent.memory("Pss");
            host.ask("{'execute': 'guest-ping', 'arguments': {'x': '" + "y".repeat(60 << 20) + "'}}");
            Await.until("memory is given back", () -> agent.memory("Pss") < before + (24 << 10));
        }
    }

    @Test
    void startsWithoutItsArchiveAllTheSame() throws Exception {
        var archive = Distribution.home().resolve("lib/lodger.jsa");
        assertTrue(Files.exists(archive), "the build makes the archive");
        var copy = folder.resolve("copy");
        Await.success(new ProcessBuilder("cp", "-r", Distribution.home().toString(), copy.toString()));
        Files.writeString(copy.resolve("lib/lodger.jsa"), "not an archive");
        try (var agent = AgentProcess.started(List.of(copy.resolve("bin/lodger").toString()), null, folder); var host = agent.connect()) {
            assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
            assertEquals("", agent.log());
        }
    }

    static String[] unsignedBundlesAllowed() throws IOException {
        var configuration = Files.createTempFile("lodger", ".conf");
        configuration.toFile().deleteOnExit();
        Files.writeString(configuration, "[general]\nrequire-signature=false\n");
        return new String[] {"-c", configuration.toString()};
    }

    private record Result(int status, String output) {
    }

    private Result run(String... options) throws Exception {
        var command = new ArrayList<>(List.of(Distribution.bin("lodger").toString()));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
        assertTrue(process.waitFor(Host.PATIENCE.toSeconds(), SECONDS));
        return new Result(process.exitValue(), Files.readString(folder.resolve("out")));
    }
}
