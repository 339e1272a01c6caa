package io.lodger.itests.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import io.lodger.itests.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for vendors: built outside of the reactor, signed, added to one running agent, and called as their READMEs tell. */
class ExamplesTest {

    @TempDir
    private static Path folder;
    private static AgentProcess agent;
    private Host host;

    @BeforeAll
    static void buildSignAndAddThem() throws Exception {
        var examples = folder.resolve("examples");
        Await.success(new ProcessBuilder("cp", "-r", Distribution.checkout().resolve("itests/examples").toString(), examples.toString()));
        var key = VendorKey.make(Files.createDirectory(folder.resolve("home")));
        try (var repository = new VendorRepository().withRelease()) {
            Program.run(repository.environment(key.folder()), examples, "mvn", "-q", "-B", "-ntp", "verify").good();
        }
        agent = AgentProcess.lodger(folder, key.agentOptions());
        agent.connectWhenReady().close();
        for (var jar : jars(examples)) {
            Program.lodgerctl("--socket", agent.socket(), "bundle", "install", key.sign(jar)).good();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (agent != null) {
            agent.close();
        }
    }

    @BeforeEach
    void connect() throws IOException {
        host = agent.connect();
    }

    @AfterEach
    void hangUp() throws IOException {
        host.close();
    }

    private static List<Path> jars(Path examples) throws IOException {
        try (var files = Files.walk(examples, 3)) {
            var jars = files.filter(file -> file.toString().matches(".*/\\d\\d-[a-z-]+/target/com\\.example\\.[a-z]+-1\\.0\\.0\\.jar"))
                    .sorted().toList();
            assertEquals(7, jars.size(), jars.toString());
            return jars;
        }
    }

    @Test
    void commandsAnswerAsTheirReadmesTell() throws Exception {
        restartNotebook();
        var exchanges = 0;
        try (var files = Files.walk(Distribution.checkout().resolve("itests/examples"), 2)) {
            for (var readme : files.filter(file -> file.endsWith("README.md")).sorted().toList()) {
                for (var exchange : exchanges(Files.readString(readme))) {
                    assertEquals(exchange.get(1), host.ask(exchange.get(0)), readme.toString());
                    exchanges++;
                }
            }
        }
        assertTrue(exchanges >= 6, exchanges + " requests with their replies");
    }

    /** The fenced blocks of JSON with two lines: a request and its reply. */
    private static List<List<String>> exchanges(String text) {
        var exchanges = new ArrayList<List<String>>();
        var blocks = text.split("```");
        for (int i = 1; i < blocks.length; i += 2) {
            var lines = blocks[i].lines().skip(1).toList();
            if (blocks[i].startsWith("json") && lines.size() == 2 && lines.get(0).startsWith("{\"execute\"")) {
                exchanges.add(lines);
            }
        }
        return exchanges;
    }

    @Test
    void stateIsSharedAndGivenBackWithTheBundle() throws Exception {
        host.ask("{'execute': 'example-note-add', 'arguments': {'text': 'bread'}}");
        assertTrue(host.ask("{'execute': 'example-note-list'}").contains("\"bread\""));
        restartNotebook();
        assertEquals("{\"return\": []}", host.ask("{'execute': 'example-note-list'}"));
    }

    private void restartNotebook() throws IOException {
        for (var command : List.of("lodger-bundle-stop", "lodger-bundle-start")) {
            result("{'execute': '" + command + "', 'arguments': {'symbolic-name': 'com.example.notebook'}}");
        }
    }

    @Test
    void aJobTellsItsProgressAndItsResult() throws Exception {
        var file = Files.write(folder.resolve("million"), new byte[1_000_000]);
        var job = startDigest(file);
        var done = result("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + job + "', 'timeout': 30}}");
        assertEquals("succeeded", done.get("state").getAsString());
        assertEquals("{\"sha256\":\"d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025\",\"bytes\":1000000}",
                done.get("result").toString());
        assertEquals(1_000_000, done.getAsJsonObject("progress").get("done").getAsLong());
    }

    @Test
    void aJobWithoutEndIsCancelled() throws Exception {
        var job = startDigest(Path.of("/dev/zero"));
        host.ask("{'execute': 'lodger-job-cancel', 'arguments': {'job': '" + job + "'}}");
        assertEquals("cancelled", result("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + job + "', 'timeout': 30}}")
                .get("state").getAsString());
    }

    @Test
    void aSuspendStrategyIsAskedFirst() throws Exception {
        var obstacles = result("{'execute': 'lodger-suspend-capabilities'}").getAsJsonObject("mem").getAsJsonArray("obstacles");
        assertEquals("{\"strategy\":\"script\",\"reason\":\"there is no program /usr/local/libexec/suspend-mem\"}",
                obstacles.get(0).toString());
    }

    private String startDigest(Path file) throws IOException {
        return result("{'execute': 'example-digest', 'arguments': {'path': '" + file + "'}}").get("job").getAsString();
    }

    private JsonObject result(String request) throws IOException {
        var reply = JsonParser.parseString(host.ask(request)).getAsJsonObject();
        assertTrue(reply.has("return"), reply.toString());
        return reply.getAsJsonObject("return");
    }
}
