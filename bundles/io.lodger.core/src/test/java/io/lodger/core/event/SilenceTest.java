package io.lodger.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody gets a line without having asked for it. */
class SilenceTest {

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
    void whoDoesNotAskHearsNothing() throws Exception {
        hosts.assertHearsNothing();
    }

    @Test
    void whoWantsNoMoreHearsNothing() throws Exception {
        EventHosts.enable(hosts.host);
        assertEquals(EventHosts.NOTHING, hosts.host.send("{'execute': 'lodger-events', 'arguments': {'enable': false}}").line());
        hosts.assertHearsNothing();
    }

    @Test
    void aSyncEndsTheEvents() throws Exception {
        EventHosts.enable(hosts.host);
        assertEquals("{\"return\": 1}", hosts.host.sync(1).line());
        hosts.assertHearsNothing();
        EventHosts.enable(hosts.host);
        assertEquals("\u00ff{\"return\": 2}",
                hosts.host.send("{'execute': 'guest-sync-delimited', 'arguments': {'id': 2}}").line());
        hosts.assertHearsNothing();
    }

    @Test
    void theByte0xFfEndsTheEvents() throws Exception {
        EventHosts.enable(hosts.host);
        assertTrue(hosts.host.send("\u00ff").line().contains("JSON parse error"));
        hosts.assertHearsNothing();
    }

    @Test
    void aSyncEndsEventsThatWereAskedForJustBeforeItToo() throws Exception {
        for (int i = 0; i < 50; i++) {
            hosts.host.send("{'execute': 'lodger-events', 'arguments': {'enable': true}}").sync(i);
            assertEquals(EventHosts.NOTHING, hosts.host.line());
            assertEquals("{\"return\": " + i + "}", hosts.host.line());
            hosts.assertHearsNothing();
        }
    }

    @Test
    void theNextConnectionHearsNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            EventHosts.enable(hosts.host);
            hosts.host.close();
            hosts.host = hosts.agent.connect();
            hosts.assertHearsNothing();
        }
    }

    @Test
    void noEventComesBeforeTheReplyThatItWasAskedForWith() throws Exception {
        var over = new CountDownLatch(1);
        hosts.starting(job -> {
            for (int i = 0; over.getCount() > 0; i++) {
                job.progress("all the while", i, 0);
            }
            return null;
        });
        hosts.witness.ask("test-other");
        for (int i = 0; i < 200; i++) {
            assertEquals(EventHosts.NOTHING, EventHosts.enable(hosts.host));
            String line;
            hosts.host.sync(i);
            do {
                line = hosts.host.line();
            } while (line.contains("LODGER_JOB_PROGRESS"));
            assertEquals("{\"return\": " + i + "}", line);
        }
        over.countDown();
    }
}
