package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import io.lodger.core.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplyOrderTest {

    private static final String THROUGH = "{\"return\": \"through\"}";
    private static final String NOTHING = "{\"return\": {}}";

    @TempDir
    Path folder;

    @Test
    void whatComesInOneReadIsAnsweredInItsOrder() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> "worked");
            host.send("{'execute': 'test-work', 'id': 1} {'execute': 'guest-ping', 'id': 2}"
                    + "{'execute': 'nobody', 'id': 3}\n[1]{'execute': 'test-work', 'id': 5}");
            assertEquals("{\"return\": \"worked\", \"id\": 1}", host.line());
            assertEquals("{\"return\": {}, \"id\": 2}", host.line());
            assertEquals("{\"id\": 3, \"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command nobody has not been found\"}}",
                    host.line());
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"QMP input must be a JSON object\"}}", host.line());
            assertEquals("{\"return\": \"worked\", \"id\": 5}", host.line());
        }
    }

    @Test
    void aPingDoesNotOvertakeTheCommandBeforeIt() throws Exception {
        var gate = Gate.polite();
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", gate);
            host.ask("test-work").ask("guest-ping").sync(7);
            gate.entered.await();
            gate.open();
            assertEquals(THROUGH, host.line());
            assertEquals(NOTHING, host.line());
            assertEquals("{\"return\": 7}", host.line());
        }
    }

    @Test
    void aCommandWithoutAReplyTakesNoPlaceInTheOrder() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Silent.class, "test", (none, context) -> "never seen");
            host.ask("test-silent").sync(1).ask("test-silent").sync(2);
            assertEquals("{\"return\": 1}", host.line());
            assertEquals("{\"return\": 2}", host.line());
        }
    }

    @Test
    void aCommandOnOneChannelDoesNotKeepAnotherWaiting() throws Exception {
        var gate = Gate.polite();
        try (var agent = AgentUnderTest.in(folder).channels(2).start(); var first = agent.connect(0); var second = agent.connect(1)) {
            agent.add(Facts.Work.class, "test", gate);
            first.ask("test-work");
            gate.entered.await();
            assertEquals(NOTHING, second.call("guest-ping"));
            assertTrue(second.call("lodger-describe").startsWith("{\"return\": [{"));
            gate.open();
            assertEquals(THROUGH, first.line());
        }
    }

    @Test
    void aLateReplyNeverReachesTheNextHost() throws Exception {
        var gate = Gate.polite();
        try (var agent = AgentUnderTest.in(folder).start()) {
            agent.add(Facts.Work.class, "test", gate);
            try (var gone = agent.connect()) {
                gone.ask("test-work");
                gate.entered.await();
            }
            try (var next = agent.connect()) {
                next.ask("guest-ping");
                gate.open();
                assertEquals(NOTHING, next.line());
                assertEquals("{\"return\": \"through\"}", next.call("test-work"));
            }
        }
    }

    @Test
    void moreRequestsThanMayWaitAreAllAnsweredInTheirOrder() throws Exception {
        var gate = Gate.polite();
        int count = 3 * RequestQueue.REQUESTS_LIMIT;
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", gate);
            var sent = new CountDownLatch(1);
            host.ask("test-work");
            var sender = new Thread(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        host.send("{\"execute\": \"" + (i % 3 == 0 ? "test-work" : "guest-ping") + "\", \"id\": " + i + "}");
                    }
                    sent.countDown();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            sender.start();
            gate.entered.await();
            gate.open();
            assertEquals(THROUGH, host.line());
            for (int i = 0; i < count; i++) {
                assertEquals("{\"return\": " + (i % 3 == 0 ? "\"through\"" : "{}") + ", \"id\": " + i + "}", host.line());
            }
            sent.await();
        }
    }
}
