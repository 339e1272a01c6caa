package io.lodger.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Facts;
import io.lodger.core.Gate;
import io.lodger.core.Host;
import io.lodger.core.registry.CommandDescription.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalTest {

    private static final String NOT_FOUND =
            "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command test-work has not been found\"}}";

    @TempDir
    Path folder;

    private static String takenAway(String more) {
        return "{\"error\": {\"class\": \"GenericError\", \"desc\": \"The command test-work was taken away while it ran" + more + "\"}}";
    }

    private static void assertServedBy(String version, Host host) throws Exception {
        assertEquals("{\"return\": \"" + version + "\"}", host.call("test-work"));
    }

    @Test
    void aCallThatRunsWhenItsCommandGoesIsAskedToEndAndTheHostGetsOneError() throws Exception {
        var gate = Gate.polite();
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            var remover = Thread.currentThread();
            var command = agent.add(Facts.Work.class, "test", (none, context) -> {
                try {
                    return gate.execute(none, context);
                } finally {
                    Condition.await(() -> remover.getState() == Thread.State.TIMED_WAITING);
                }
            });
            host.ask("test-work").ask("guest-ping");
            gate.entered.await();
            agent.agent().registry().remove(command);
            assertEquals(0, gate.left.getCount(), "removal returns when the call has ended");
            assertEquals(takenAway(""), host.line());
            assertEquals("{\"return\": {}}", host.line());
            assertEquals(NOT_FOUND, host.call("test-work"));
        }
    }

    @Test
    void aCallThatDoesNotEndIsGivenUpAndItsLateReplyDropped() throws Exception {
        var gate = Gate.stubborn();
        try (var agent = AgentUnderTest.in(folder).drainPatience(Duration.ofMillis(50)).start(); var host = agent.connect()) {
            var command = agent.add(Facts.Work.class, "test", gate);
            host.ask("test-work").ask("guest-ping");
            gate.entered.await();
            agent.agent().registry().remove(command);
            assertEquals(1, gate.left.getCount(), "the call still runs");
            assertEquals(takenAway(", and did not stop when asked"), host.line());
            assertEquals("{\"return\": {}}", host.line());
            gate.open();
            gate.left.await();
            agent.add(Facts.Work.class, new Origin("test", "2.0.0"), (none, context) -> "2");
            assertServedBy("2", host);
        }
    }

    @Test
    void aCommandThatGoesBeforeItsTurnIsNotFound() throws Exception {
        var gate = Gate.polite();
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Other.class, "other", gate);
            var command = agent.add(Facts.Work.class, "test", (none, context) -> "worked");
            host.ask("test-other").ask("test-work");
            gate.entered.await();
            agent.agent().registry().remove(command);
            gate.open();
            assertEquals("{\"return\": \"through\"}", host.line());
            assertEquals(NOT_FOUND, host.line());
        }
    }

    @Test
    void aHigherVersionOfTheSameBundleTakesOverAtOnceAndALowerOneDoesNot() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, new Origin("test", "1.9.0"), (none, context) -> "1.9");
            agent.add(Facts.Work.class, new Origin("test", "1.2.0"), (none, context) -> "1.2");
            assertServedBy("1.9", host);
            var newer = agent.add(Facts.Work.class, new Origin("test", "1.10.0"), (none, context) -> "1.10");
            assertServedBy("1.10", host);
            agent.agent().registry().remove(newer);
            assertServedBy("1.9", host);
        }
    }

    @Test
    void anUpdateDuringACallServesNewRequestsAndTheOldCallStillAnswers() throws Exception {
        var gate = Gate.polite();
        try (var agent = AgentUnderTest.in(folder).channels(2).start(); var host = agent.connect(0); var other = agent.connect(1)) {
            agent.add(Facts.Work.class, new Origin("test", "1.0.0"), gate);
            host.ask("test-work").ask("test-work");
            gate.entered.await();
            agent.add(Facts.Work.class, new Origin("test", "2.0.0"), (none, context) -> "2");
            assertServedBy("2", other);
            gate.open();
            assertEquals("{\"return\": \"through\"}", host.line());
            assertEquals("{\"return\": \"2\"}", host.line());
        }
    }

    @Test
    void ofTwoBundlesWithOneCommandTheOlderServesUntilItGoes() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            var older = agent.add(Facts.Work.class, "older", (none, context) -> "older");
            agent.add(Facts.Work.class, new Origin("younger", "9.0.0"), (none, context) -> "younger");
            assertServedBy("older", host);
            assertTrue(host.send("{'execute': 'lodger-describe', 'arguments': {'command': 'test-work'}}").line()
                    .contains("\"bundle\": \"older\""));
            agent.agent().registry().remove(older);
            assertServedBy("younger", host);
        }
    }

    @Test
    void takenAwayAndBroughtBackManyTimesUnderLoadEachRequestGetsOneReply() throws Exception {
        int count = 2000;
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            var sender = new Thread(() -> sendAll(host, count));
            sender.start();
            var swapper = new Thread(() -> swapUntilInterrupted(agent));
            swapper.start();
            for (int i = 0; i < count; i++) {
                var reply = host.line();
                assertTrue(reply.equals("{\"return\": \"worked\", \"id\": " + i + "}")
                        || reply.startsWith("{\"id\": " + i + ", \"error\": "), reply);
            }
            swapper.interrupt();
            sender.join();
            swapper.join();
        }
    }

    private static void sendAll(Host host, int count) {
        try {
            for (int i = 0; i < count; i++) {
                host.send("{'execute': 'test-work', 'id': " + i + "}");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void swapUntilInterrupted(AgentUnderTest agent) {
        while (!Thread.currentThread().isInterrupted()) {
            agent.agent().registry().remove(agent.add(Facts.Work.class, "test", (none, context) -> "worked"));
        }
    }
}
