package io.lodger.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.Condition;
import io.lodger.core.Facts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosts hear that have asked for it. */
class EventsTest {

    private static final int STEPS = 200_000;

    @TempDir
    Path folder;

    private EventHosts hosts;

    @BeforeEach
    void start() throws IOException {
        hosts = new EventHosts(folder);
    }

    @AfterEach
    void stop() throws IOException {
        hosts.close();
    }

    @Test
    void progressAndEndAreToldWithTheirFactsAndWithoutTheResult() throws Exception {
        hosts.jobPasses();
        assertEquals(EventHosts.NOTHING, EventHosts.enable(hosts.host));
        var events = hosts.run("test-work");
        var facts = "\"job\": ID, \"title\": \"working\", \"command\": \"test-work\", \"bundle\": \"test\", ";
        var progress = "\"progress\": {\"what\": \"half\", \"done\": 1, \"total\": 2}";
        assertEquals(List.of("{\"event\": \"LODGER_JOB_PROGRESS\", \"timestamp\": {NOW}, \"data\": {" + facts + progress + "}}",
                "{\"event\": \"LODGER_JOB_ENDED\", \"timestamp\": {NOW}, \"data\": {" + facts
                        + "\"state\": \"succeeded\", \"started-at\": TIME, \"ended-at\": TIME, " + progress + "}}"), events);
        assertEquals(EventHosts.NOTHING, hosts.host.call("guest-ping"));
    }

    @Test
    void progressIsToldFourTimesASecondAndTheLastBeforeTheEndIsNotLost() throws Exception {
        hosts.starting(job -> {
            job.progress("first", 0, STEPS);
            for (int i = 1; i <= STEPS; i++) {
                job.progress("step", i, STEPS);
            }
            return null;
        });
        EventHosts.enable(hosts.host);
        long begun = System.nanoTime();
        var lines = hosts.run("test-other");
        long quarters = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 250;
        assertTrue(lines.size() <= quarters + 4, lines.size() + " lines in " + quarters + " quarters of a second");
        assertTrue(lines.get(lines.size() - 2).contains("\"done\": " + STEPS + ", "), lines.toString());
    }

    @Test
    void theNewestProgressIsToldThoughNoneComesAfterIt() throws Exception {
        var never = new CountDownLatch(1);
        hosts.starting(job -> {
            job.progress("first", 1, 0);
            job.progress("second", 2, 0);
            job.progress("last before a long silence", 3, 0);
            never.await();
            return null;
        });
        EventHosts.enable(hosts.host);
        hosts.host.ask("test-other");
        String line;
        do {
            line = hosts.host.line();
        } while (!line.contains("long silence"));
        never.countDown();
        assertTrue(hosts.host.line().contains("LODGER_JOB_ENDED"));
    }

    @Test
    void aHostThatDoesNotReadLosesProgressAndNotTheEndNorReplies() throws Exception {
        var over = new CountDownLatch(1);
        hosts.agent.add(Facts.Status.class, "test", (none, context) -> "x".repeat(700 << 10));
        hosts.starting(job -> {
            job.progress("unseen", 1, 2);
            over.await();
            return null;
        });
        EventHosts.enable(hosts.host);
        hosts.host.ask("test-status").ask("test-status");
        hosts.host.ask("test-other");
        hosts.witness.ask("test-work");
        while (!hosts.witness.line().contains("LODGER_JOB_ENDED")) {
            // The witness hears all of it while the other one reads nothing.
        }
        int events = 0;
        for (int replies = 0; replies < 3; ) {
            var line = hosts.host.line();
            assertTrue(line.startsWith("{\"return\": ") || line.startsWith("{\"event\": "), line.substring(0, 20));
            replies += line.startsWith("{\"return\": ") ? 1 : 0;
            events += line.startsWith("{\"event\": ") ? 1 : 0;
        }
        over.countDown();
        String line;
        do {
            line = hosts.host.line();
            events++;
        } while (!line.contains("LODGER_JOB_ENDED") || !line.contains("test-other"));
        assertTrue(events < 10, events + " events");
    }

    @Test
    void theThreadOfTheEventsIsThereOnlyWhileSomebodyWantsThem() throws Exception {
        Condition.await(() -> EventHosts.threads("events") == 1);
        EventHosts.enable(hosts.host);
        Condition.await(() -> EventHosts.threads("events") == 1);
        hosts.witness.sync(1).line();
        Condition.await(() -> EventHosts.threads("events") == 1);
        hosts.host.close();
        Condition.await(() -> EventHosts.threads("events") == 0);
        hosts.host = hosts.agent.connect();
        EventHosts.enable(hosts.host);
        Condition.await(() -> EventHosts.threads("events") == 1);
        EventHosts.enable(hosts.witness);
    }
}
