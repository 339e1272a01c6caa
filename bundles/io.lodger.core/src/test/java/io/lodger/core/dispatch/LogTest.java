package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.GuestCommand;
import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Facts;
import io.lodger.core.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the log, and what doesn't. */
class LogTest {

    @TempDir
    Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord entry) {
            var stack = entry.getThrown() == null ? "" : " with a stack";
            lines.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry) + stack);
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("io.lodger").addHandler(handler);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("io.lodger").removeHandler(handler);
    }

    @GuestCommand(name = "test-range")
    static final class Range implements Command<Range.Ends, Void> {

        record Ends(int from) {

            Ends {
                if (from < 0) {
                    throw new IllegalArgumentException("Parameter 'from' is negative");
                }
            }
        }

        @Override
        public Void execute(Ends ends, CommandContext context) {
            throw new IllegalArgumentException("nobody could expect this");
        }
    }

    @Test
    void aValueThatARecordRefusesIsNoMatterForTheLogAndAnExceptionOfTheCommandIs() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(new Range());
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Parameter 'from' is negative\"}}",
                    host.send("{'execute': 'test-range', 'arguments': {'from': -1}}").line());
            assertEquals(List.of(), lines);
            assertTrue(host.send("{'execute': 'test-range', 'arguments': {'from': 1}}").line().contains("nobody could expect this"));
            assertEquals(List.of("SEVERE command test-range failed with a stack"), lines);
        }
    }

    @Test
    void aCommandThatSucceedsInSpiteOfItsCancellationIsNotCalledCancelled() throws Exception {
        try (var agent = AgentUnderTest.in(folder).grace(Duration.ZERO).start(); var host = agent.connect()) {
            var entered = new CountDownLatch(1);
            var left = new CountDownLatch(1);
            agent.add(Facts.Work.class, "test", (none, context) -> {
                entered.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    left.countDown();
                }
                return "done all the same";
            });
            agent.add(Facts.Status.class, "test", (none, context) -> "the family is through");
            host.ask("test-work");
            entered.await();
            host.send("\u00ff").line();
            left.await();
            assertEquals("{\"return\": \"the family is through\"}", host.call("test-status"));
            assertEquals(List.of(), lines);
        }
    }

    @Test
    void aCommandThatEndsByItsCancellationIsLoggedInOneLineWithTheReason() throws Exception {
        try (var agent = AgentUnderTest.in(folder).grace(Duration.ZERO).start(); var host = agent.connect()) {
            var gate = Gate.polite();
            agent.add(Facts.Work.class, "test", gate);
            host.ask("test-work");
            gate.entered.await();
            host.send("\u00ff").line();
            Condition.await(() -> !lines.isEmpty());
            assertEquals(List.of("WARNING command test-work: The command was cancelled: the host sent 0xFF"), lines);
        }
    }

    @Test
    void aCommandThatDoesNotEndWhenAskedIsLogged() throws Exception {
        try (var agent = AgentUnderTest.in(folder).grace(Duration.ZERO).start(); var host = agent.connect()) {
            var gate = Gate.stubborn();
            agent.add(Facts.Work.class, "test", gate);
            host.ask("test-work");
            gate.entered.await();
            host.send("\u00ff").line();
            Condition.await(() -> !lines.isEmpty());
            assertEquals(List.of("WARNING test-work still runs 2 s after it was asked to end: "
                    + "The command was cancelled: the host sent 0xFF"), lines);
            gate.open();
        }
    }
}
