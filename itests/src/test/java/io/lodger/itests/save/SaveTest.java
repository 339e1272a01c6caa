package io.lodger.itests.save;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import io.lodger.itests.FixtureBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving by the built agent, with an engine and a participant of a bundle that was added to it while it ran. */
class SaveTest {

    private static final String PAYLOAD = "vendor 1.0.0\n" + SavingAgent.STATE;
    private static final String TAKEN_AWAY = "The command lodger-save was taken away while it ran";

    @TempDir
    private Path folder;
    private SavingAgent agent;

    @BeforeEach
    void start() throws Exception {
        agent = new SavingAgent(folder);
        agent.addEngine();
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
    }

    private Path image() {
        return folder.resolve("x.image");
    }

    private List<Path> images() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".image")).toList();
        }
    }

    @Test
    void anEngineOfAnAddedBundleWorksInAHelper() throws Exception {
        var saved = agent.result(agent.save("'path': '" + image() + "', 'compression': 'none'"));
        assertEquals(PAYLOAD.length(), saved.get("payload-size").getAsLong());
        assertEquals("vendor 1.0.0\n", saved.getAsJsonObject("facts").get("label").getAsString());
        var bytes = Files.readAllBytes(image());
        assertTrue(new String(bytes, StandardCharsets.ISO_8859_1).startsWith(PAYLOAD));
        assertEquals("suspend postcopy checkpoint resume", agent.calls());
        assertEquals(saved, agent.ask("lodger-image-info", "'path': '" + image() + "'"));
        assertTrue(agent.result(agent.ask("lodger-image-verify", "'path': '" + image() + "'").get("job").getAsString()).get("whole")
                .getAsBoolean());
        var copy = folder.resolve("copy");
        var restored = agent.result(agent.ask("lodger-restore", "'path': '" + image() + "', 'options': {'to': '" + copy + "'}").get("job")
                .getAsString());
        assertEquals(String.valueOf(SavingAgent.STATE.length()), restored.getAsJsonObject("outcome").get("bytes").getAsString());
        assertEquals(SavingAgent.STATE, Files.readString(copy));
    }

    @Test
    void anImageGoesToTheHostAndComesBackThroughTheChannel() throws Exception {
        var job = agent.save("'stream': true, 'compression': 'zstd'");
        var image = agent.readStream(job, 1000);
        assertEquals(image.length, agent.result(job).get("size").getAsLong());
        var copy = folder.resolve("copy");
        var restore = agent.ask("lodger-restore", "'engine': 'vendor', 'stream': true, 'options': {'to': '" + copy + "'}").get("job")
                .getAsString();
        assertEquals(image.length, agent.ask("lodger-restore-write", "'job': '" + restore + "', 'offset': 0, 'eof': true, 'buf-b64': '"
                + Base64.getEncoder().encodeToString(image) + "'").get("received").getAsLong());
        agent.result(restore);
        assertEquals(SavingAgent.STATE, Files.readString(copy));
    }

    @Test
    void theAgentGoesOnWhenAHelperIsKilled() throws Exception {
        var job = agent.saveThatHangs(image());
        agent.helper().destroyForcibly();
        assertEquals("the save helper failed: it was killed by signal 9; it said nothing of how the work came out", agent.error(job));
        assertEquals("suspend postcopy resume", agent.calls());
        assertEquals(List.of(), images());
        assertEquals("{\"return\": {}}", agent.raw("{'execute': 'guest-ping'}"));
    }

    @Test
    void aHelperEndsWhenItsAgentIsKilled() throws Exception {
        agent.saveThatHangs(image());
        var helper = agent.helper();
        assertEquals(1, images().size());
        agent.agent.kill();
        Await.until("the helper has ended", () -> !helper.isAlive());
        assertEquals("yes", Files.readString(agent.target.resolve("cleaned")));
        assertEquals(List.of(), images());
    }

    @Test
    void aJobThatIsCancelledLeavesNothing() throws Exception {
        var job = agent.saveThatHangs(image());
        var helper = agent.helper();
        agent.ask("lodger-job-cancel", "'job': '" + job + "'");
        assertEquals("cancelled", agent.ended(job).get("state").getAsString());
        Await.until("the helper has ended", () -> !helper.isAlive());
        assertEquals("yes", Files.readString(agent.target.resolve("cleaned")));
        assertEquals("suspend postcopy resume", agent.calls());
        assertEquals(List.of(), images());
    }

    @Test
    void aParticipantThatHangsIsTimedOutAndRolledBack() throws Exception {
        Files.writeString(agent.target.resolve("hang-suspend"), "");
        assertEquals("the participant 'vendor' in its suspend took longer than its limit of 2000 ms",
                agent.error(agent.save("'path': '" + image() + "'")));
        assertEquals("suspend resume", agent.calls());
        assertEquals(List.of(), images());
    }

    @Test
    void theEnginesBundleIsUninstalledWhileItSaves() throws Exception {
        var job = agent.saveThatHangs(image());
        agent.uninstall("test.saver");
        assertEquals("the engine 'vendor' was taken away while it worked", agent.error(job));
        assertEquals("suspend postcopy resume", agent.calls());
        assertEquals(List.of(), images());
        assertTrue(agent.raw("{'execute': 'lodger-save', 'arguments': {'engine': 'vendor', 'target': 'x', 'path': '" + image() + "'}}")
                .contains("There is no engine 'vendor'"));
    }

    @Test
    void theSaveBundleIsUpdatedWhileItSavesAndItsHelpersAreOfTheNewVersion() throws Exception {
        var job = agent.saveThatHangs(image());
        var helper = agent.helper();
        agent.install(FixtureBundle.raised(jarOf("io.lodger.save"), folder, "1.0.1"));
        assertEquals(TAKEN_AWAY, agent.error(job));
        Await.until("the helper has ended", () -> !helper.isAlive());
        assertEquals("suspend postcopy resume", agent.calls());
        assertEquals(List.of(), images());

        Files.delete(agent.target.resolve("calls"));
        var next = agent.saveThatHangs(image());
        var classPath = Files.readString(Path.of("/proc/" + agent.helper().pid() + "/cmdline"));
        assertTrue(classPath.contains("lodger-helper-"), classPath.replace('\0', ' '));
        agent.uninstall("io.lodger.save");
        assertEquals(TAKEN_AWAY, agent.error(next));
        assertEquals("suspend postcopy resume", agent.calls());
        assertEquals(List.of(), images());

        agent.result(agent.save("'path': '" + image() + "'"));
        assertArrayEquals(PAYLOAD.getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(Files.readAllBytes(image()), PAYLOAD.length()));
        var left = Path.of(System.getProperty("java.io.tmpdir"));
        try (var files = Files.list(left)) {
            assertFalse(files.anyMatch(file -> file.getFileName().toString().startsWith("lodger-helper-")));
        }
    }

    private static Path jarOf(String bundle) throws IOException {
        try (var files = Files.list(Distribution.home().resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(bundle + "-")).findFirst().orElseThrow();
        }
    }
}
