package io.lodger.core.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandException;
import io.lodger.core.Facts;
import io.lodger.core.Gate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {

    @TempDir
    Path folder;

    private HealthHost asker;

    @BeforeEach
    void start() throws IOException {
        asker = new HealthHost(folder);
    }

    @AfterEach
    void stop() throws Exception {
        asker.close();
    }

    private static String problem(String sentence) {
        return "{\"return\": {\"healthy\": false, \"problems\": [\"" + sentence + "\"], ";
    }

    private static String counts(String command, String figures) {
        return "{\"name\": \"" + command + "\", \"bundle\": \"test\", \"bundle-version\": \"1.0.0\", " + figures;
    }

    @Test
    void aNewAgentIsWell() throws Exception {
        assertEquals("{\"return\": {\"healthy\": true, \"problems\": [], \"version\": \"1.2.3\", \"started-at\": TIME, \"uptime\": 0, "
                + "\"safe-mode\": false, \"frozen\": false, \"workers\": {\"busy\": 0, \"total\": 2}, "
                + "\"jobs\": {\"busy\": 0, \"total\": 16}, \"commands\": ["
                + "{\"name\": \"lodger-health\", \"bundle\": \"io.lodger.core\", \"bundle-version\": \"1.2.3\", \"calls\": 1, "
                + "\"failures\": 0, \"cancelled\": 0, \"errors\": 0, \"running\": []}], \"leaked-threads\": []}}",
                asker.health().replaceAll("\"20[0-9-]+T[0-9:.]+Z\"", "TIME"));
    }

    @Test
    void callsAreCountedByHowTheyEnd() throws Exception {
        asker.agent.add(Facts.Work.class, "test", (none, context) -> {
            throw new CommandException("no");
        });
        asker.agent.add(Facts.Other.class, "test", Gate.polite());
        assertTrue(asker.host.call("test-work").contains("\"no\""));
        assertTrue(asker.host.send("{'execute': 'test-work', 'arguments': {'x': 1}}").line().contains("unexpected"));
        asker.host.ask("test-other").sync(1).line();
        asker.await(counts("test-other", "\"calls\": 1, \"failures\": 0, \"cancelled\": 1, \"errors\": 0, "));
        var health = asker.health();
        assertTrue(health.contains(counts("test-work", "\"calls\": 2, \"failures\": 1, \"cancelled\": 0, \"errors\": 0, ")), health);
        assertTrue(health.contains("\"healthy\": true"), health);
    }

    @Test
    void errorsOfTheJavaMachineAreAProblemInCallsAndInJobs() throws Exception {
        asker.agent.add(Facts.Work.class, "test", (none, context) -> context.startJob("working", job -> {
            throw new StackOverflowError();
        }));
        asker.agent.add(Facts.Other.class, "test", (none, context) -> {
            throw new NoClassDefFoundError("Gone");
        });
        asker.host.call("test-work");
        asker.await(counts("test-work", "\"calls\": 2, \"failures\": 1, \"cancelled\": 0, \"errors\": 1, "));
        asker.host.call("test-other");
        var health = asker.health();
        assertTrue(health.startsWith("{\"return\": {\"healthy\": false, \"problems\": ["
                + "\"test-other of test 1.0.0 has thrown 1 errors of the Java machine; the log has their stacks\", "
                + "\"test-work of test 1.0.0 has thrown 1 errors of the Java machine; the log has their stacks\"], "), health);
    }

    @Test
    void aCallThatDoesNotEndWhenAskedIsAProblemForAsLongAsItRuns() throws Exception {
        var gate = Gate.stubborn();
        asker.agent.add(Facts.Work.class, "test", gate);
        asker.host.ask("test-work");
        gate.entered.await();
        asker.host.sync(1).line();
        asker.await(problem("1 calls or jobs of test-work of test 1.0.0 were asked to end and still run"));
        assertTrue(asker.health().contains("\"running\": [{\"job\": false, \"seconds\": "));
        gate.open();
        asker.await("\"healthy\": true");
    }

    @Test
    void itAnswersWhenCommandsThatHangHaveAllWorkersAndNamesThem() throws Exception {
        var first = Gate.stubborn();
        var second = Gate.stubborn();
        asker.agent.add(Facts.Work.class, "one", first);
        asker.agent.add(Facts.Other.class, "two", second);
        asker.host.ask("test-work");
        first.entered.await();
        asker.host.sync(1).line();
        asker.host.ask("test-other");
        second.entered.await();
        asker.host.sync(2).line();
        var health = asker.health();
        assertTrue(health.contains("\"All 2 workers are taken by commands that still run: test-other, test-work\""), health);
        assertTrue(health.contains("\"workers\": {\"busy\": 2, \"total\": 2}"), health);
        first.open();
        second.open();
    }

    @Test
    void aJobThatRunsIsShownWithItsCommand() throws Exception {
        var over = new CountDownLatch(1);
        asker.agent.add(Facts.Work.class, "test", (none, context) -> context.startJob("working", job -> {
            over.await();
            return null;
        }));
        asker.host.call("test-work");
        var health = asker.health();
        assertTrue(health.contains("\"jobs\": {\"busy\": 1, \"total\": 16}"), health);
        assertTrue(health.contains("\"running\": [{\"job\": true, \"seconds\": 0, \"overdue\": false}]"), health);
        over.countDown();
    }

    @Test
    void safeModeIsAProblemWithItsReason() throws Exception {
        asker.agent.agent().safeMode().enter("The agent came up without the added bundles");
        var health = asker.health();
        assertTrue(health.startsWith(problem("The agent came up without the added bundles")), health);
        assertTrue(health.contains("\"safe-mode\": true"), health);
        asker.agent.agent().safeMode().leave();
        assertFalse(asker.health().contains("\"safe-mode\": true"));
    }

    @Test
    void itMayBeAskedWhileFileSystemsAreFrozen() throws Exception {
        asker.agent.agent().frozenState().freeze();
        assertTrue(asker.health().contains("\"frozen\": true"));
        asker.agent.agent().frozenState().thaw();
    }
}
