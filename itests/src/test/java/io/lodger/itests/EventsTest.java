package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that a connection gets without having asked just then: all it wants, and none it doesn't. */
class EventsTest {

    private static final String ENABLE = "{'execute': 'lodger-events', 'arguments': {'enable': true}}";
    private static final String NOTHING = "{\"return\": {}}";

    @TempDir
    private Path folder;
    private AgentProcess agent;
    private Host host;

    @BeforeEach
    void start() throws Exception {
        agent = AgentProcess.lodger(folder, DistributionTest.unsignedBundlesAllowed());
        host = agent.connectWhenReady();
        host.ask("{'execute': 'lodger-bundle-install', 'arguments': {'path': '" + JobFixture.bundle(folder, "1.0.0") + "'}}");
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        agent.close();
    }

    private static void assertEvent(String name, String contained, JobFixture jobs) throws IOException {
        var line = jobs.event();
        assertTrue(line.startsWith("{\"event\": \"" + name + "\", \"timestamp\": {\"seconds\": "), line);
        assertTrue(line.contains(contained), line);
    }

    /** Has a job begin and end, and checks that this connection gets its replies and nothing else. */
    private void assertSilence(JobFixture jobs) throws Exception {
        var job = jobs.start(false);
        job.go();
        assertTrue(JobFixture.await(host, job).startsWith("{\"return\": {\"job\": "));
        assertEquals(NOTHING, host.ask("{'execute': 'guest-ping'}"));
    }

    @Test
    void whoAsksHearsOfProgressAndOfTheEnd() throws Exception {
        assertEquals(NOTHING, host.ask(ENABLE));
        var jobs = new JobFixture(host, folder);
        var job = jobs.start(false);
        assertEvent("LODGER_JOB_PROGRESS", "\"progress\": {\"what\": \"waiting\", \"done\": 1, \"total\": 2}}}", jobs);
        job.go();
        assertEvent("LODGER_JOB_PROGRESS", "\"progress\": {\"what\": \"waiting\", \"done\": 2, \"total\": 2}}}", jobs);
        assertEvent("LODGER_JOB_ENDED", "\"state\": \"succeeded\"", jobs);
        assertTrue(JobFixture.status(host, job).contains("\"result\": {\"waited\": true}"));
    }

    @Test
    void whoDoesNotAskHearsNothing() throws Exception {
        assertSilence(new JobFixture(host, folder));
    }

    @Test
    void theNextConnectionHearsNothingOfTheJobThatTheLastOneWatched() throws Exception {
        host.ask(ENABLE);
        var job = new JobFixture(host, folder).start(false);
        host.close();
        host = agent.connect();
        assertEquals(NOTHING, host.ask("{'execute': 'guest-ping'}"));
        job.go();
        assertTrue(JobFixture.await(host, job).startsWith("{\"return\": {\"job\": "));
        assertEquals(NOTHING, host.ask("{'execute': 'guest-ping'}"));
    }

    @Test
    void everyWayToResynchroniseEndsThem() throws Exception {
        var jobs = new JobFixture(host, folder);
        host.ask(ENABLE);
        assertEquals("{\"return\": 1}", host.ask("{'execute': 'guest-sync', 'arguments': {'id': 1}}"));
        assertSilence(jobs);
        host.ask(ENABLE);
        assertEquals("\u00ff{\"return\": 2}", host.ask("{'execute': 'guest-sync-delimited', 'arguments': {'id': 2}}"));
        assertSilence(jobs);
        host.ask(ENABLE);
        assertTrue(host.ask("\u00ff").contains("JSON parse error"));
        assertSilence(jobs);
    }

    @Test
    void nothingWakesTheThreadsOfAnIdleAgentWhoseHostWantsEvents() throws Exception {
        host.ask(ENABLE);
        Await.until("the thread of the events is there", () -> switches().containsKey("events"));
        var last = new AtomicReference<>(switches());
        var since = new AtomicLong(System.nanoTime());
        Await.until("no thread wakes for a second", () -> {
            var now = switches();
            if (!now.equals(last.getAndSet(now))) {
                since.set(System.nanoTime());
            }
            return System.nanoTime() - since.get() > 1_000_000_000;
        });
        assertTrue(last.get().keySet().containsAll(Set.of("events", "channel-main")), last.get().toString());
    }

    /** How often threads of the agent, rather than of its JVM, have gone to sleep, by their names. */
    private Map<String, String> switches() throws IOException {
        var switches = new TreeMap<String, String>();
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + agent.pid() + "/task"))) {
            for (var task : tasks) {
                var name = Files.readString(task.resolve("comm")).strip();
                if (name.startsWith("events") || name.startsWith("channel-")) {
                    switches.put(name, Files.readString(task.resolve("status")).replaceAll("(?s).*\nvoluntary_ctxt_switches:", ""));
                }
            }
        } catch (NoSuchFileException e) {
            // Some thread has ended meanwhile; the next look will do.
            return Map.of();
        }
        return switches;
    }
}
