package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import io.lodger.core.Gate;
import io.lodger.core.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResynchronisationTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final String NOTHING = "{\"return\": {}}";
    private static final String STRAY =
            "{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error, stray '\\uFFFD'\"}}";

    @TempDir
    Path folder;

    @Test
    void aSyncBehindAHangingCommandIsAnsweredAfterTheGraceAndTheLateReplyIsDropped() throws Exception {
        var gate = Gate.stubborn();
        try (var agent = AgentUnderTest.in(folder).grace(SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", gate);
            host.ask("test-work");
            gate.entered.await();
            host.ask("guest-ping").ask("nobody").sync(1);
            assertEquals(NOTHING, host.line());
            assertEquals("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command nobody has not been found\"}}",
                    host.line());
            assertEquals("{\"return\": 1}", host.line());
            gate.interrupted.await();
            gate.open();
            gate.left.await();
            // The same family waits for the late call's very end: had it brought a reply, that would be here before this one.
            assertEquals("{\"return\": \"through\"}", host.call("test-work"));
            assertEquals("{\"return\": 2}", host.sync(2).line());
        }
    }

    @Test
    void withoutASyncACommandMayTakeItsTime() throws Exception {
        var gate = Gate.polite();
        try (var agent = AgentUnderTest.in(folder).grace(Duration.ZERO).channels(2).start();
                var host = agent.connect(); var other = agent.connect(1)) {
            agent.add(Facts.Work.class, "test", gate);
            host.ask("test-work").ask("guest-ping");
            gate.entered.await();
            assertEquals("{\"return\": 1}", other.sync(1).line());
            gate.open();
            assertEquals("{\"return\": \"through\"}", host.line());
            assertEquals(NOTHING, host.line());
        }
    }

    @Test
    void everyHangingCommandBeforeTheSyncGetsAGraceOfItsOwn() throws Exception {
        var first = Gate.stubborn();
        var second = Gate.stubborn();
        try (var agent = AgentUnderTest.in(folder).grace(SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "one", first);
            agent.add(Facts.Other.class, "two", second);
            host.ask("test-work");
            first.entered.await();
            host.ask("test-other").send("{'execute': 'guest-sync-delimited', 'arguments': {'id': 5}}");
            assertEquals("\u00ff{\"return\": 5}", host.line());
            first.interrupted.await();
            first.open();
            second.open();
        }
    }

    @Test
    void aCommandThatASyncMustNotEndKeepsTheSyncWaiting() throws Exception {
        var gate = Gate.polite();
        try (var agent = AgentUnderTest.in(folder).grace(Duration.ZERO).start(); var host = agent.connect()) {
            agent.add(Facts.Freeze.class, "test", gate);
            agent.add(Facts.Other.class, "other", Gate.polite());
            host.ask("test-freeze");
            gate.entered.await();
            host.sync(1).ask("test-other").sync(2);
            assertFalse(gate.interrupted.await(200, TimeUnit.MILLISECONDS));
            gate.open();
            assertEquals("{\"return\": \"through\"}", host.line());
            assertEquals("{\"return\": 1}", host.line());
            assertEquals("{\"return\": 2}", host.line());
        }
    }

    @Test
    void theByteFfEndsAnyCommandAtOnce() throws Exception {
        var gate = Gate.polite();
        try (var agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Freeze.class, "test", gate);
            host.ask("test-freeze");
            gate.entered.await();
            assertEquals(STRAY, host.send("\u00ff").line());
            gate.interrupted.await();
            assertEquals("{\"return\": 1}", host.sync(1).line());
        }
    }

    @Test
    void theByteFfAndASyncGetTheHostInStepWhateverWaitsInBetween() throws Exception {
        var gate = Gate.stubborn();
        try (var agent = AgentUnderTest.in(folder).grace(SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "one", gate);
            host.ask("test-work");
            gate.entered.await();
            host.ask("guest-ping").send("{'execute': 'guest-pi\u00ff{'execute': 'guest-sync-delimited', 'arguments': {'id': 9}}");
            assertEquals(NOTHING, host.line());
            assertEquals(STRAY.replace("'\\uFFFD", "''guest-pi\\uFFFD"), host.line());
            assertEquals("\u00ff{\"return\": 9}", host.line());
            gate.open();
        }
    }

    @Test
    void aQuestionAboutAFamilyNeverOvertakesTheCancelledCommandOfIt() throws Exception {
        var freeze = Gate.stubborn();
        Queue<String> order = new ConcurrentLinkedQueue<>();
        try (var agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Freeze.class, "family", (none, context) -> {
                var result = freeze.execute(none, context);
                order.add("frozen");
                return result;
            });
            agent.add(Facts.Status.class, "family", (none, context) -> {
                order.add("asked");
                return "frozen";
            });
            agent.add(Facts.Other.class, "other family", (none, context) -> "at once");
            host.ask("test-freeze");
            freeze.entered.await();
            assertEquals(STRAY, host.send("\u00ff").line());
            assertEquals("{\"return\": \"at once\"}", host.call("test-other"));
            assertEquals("{\"return\": 1}", host.sync(1).line());
            host.ask("test-status");
            freeze.interrupted.await();
            freeze.open();
            assertEquals("{\"return\": \"frozen\"}", host.line());
            assertEquals("[frozen, asked]", order.toString());
        }
    }

    @Test
    void theBarrierHoldsForTheNextHostToo() throws Exception {
        var freeze = Gate.stubborn();
        try (var agent = AgentUnderTest.in(folder).grace(SHORT).start()) {
            agent.add(Facts.Work.class, "family", freeze);
            agent.add(Facts.Status.class, "family", (none, context) -> freeze.left.getCount());
            try (var gone = agent.connect()) {
                gone.ask("test-work");
                freeze.entered.await();
                assertEquals("{\"return\": 1}", gone.sync(1).line());
            }
            try (var host = agent.connect()) {
                host.ask("test-status").ask("guest-ping");
                freeze.open();
                assertEquals("{\"return\": 0}", host.line());
                assertEquals(NOTHING, host.line());
            }
        }
    }

    @Test
    void aCommandThatWaitsForItsFamilyIsCancelledAsWell() throws Exception {
        var freeze = Gate.stubborn();
        try (var agent = AgentUnderTest.in(folder).grace(SHORT).workers(3).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "family", freeze);
            agent.add(Facts.Status.class, "family", (none, context) -> "asked");
            for (int i = 0; i < 5; i++) {
                syncAfter(host, i == 0 ? "test-work" : "test-status", i);
            }
            freeze.open();
            assertEquals("{\"return\": \"asked\"}", host.call("test-status"));
        }
    }

    private static void syncAfter(Host host, String command, int id) throws Exception {
        host.ask(command).sync(id);
        assertEquals("{\"return\": " + id + "}", host.line());
    }
}
