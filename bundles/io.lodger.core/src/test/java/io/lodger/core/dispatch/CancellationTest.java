package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandContext;
import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import io.lodger.core.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancellationTest {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @TempDir
    Path folder;

    /** Sleeps until interrupted, and says so. */
    private Object sleep() throws InterruptedException {
        entered.countDown();
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            events.add("interrupted");
            throw e;
        } finally {
            ended.countDown();
        }
    }

    private void cancel(Host host) throws Exception {
        entered.await();
        assertTrue(host.send("\u00ff").line().contains("stray"));
        ended.await();
    }

    @Test
    void actionsRunOnceInReverseOrderAndBeforeTheInterruption() throws Exception {
        try (var agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                context.onCancel(() -> events.add("first"));
                context.onCancel(() -> events.add("second"));
                return sleep();
            });
            host.ask("test-work");
            cancel(host);
            assertTrue(host.send("\u00ff").line().contains("stray"));
            assertEquals(List.of("second", "first", "interrupted"), events);
        }
    }

    @Test
    void anActionGivenAfterTheCancellationRunsAtOnceOnTheCallingThread() throws Exception {
        try (var agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                entered.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    var here = Thread.currentThread();
                    context.onCancel(() -> events.add(here == Thread.currentThread() && context.isCancelled() ? "here" : "elsewhere"));
                    context.onCancel(() -> {
                        throw new IllegalStateException("as it happens");
                    });
                    events.add("after it");
                }
                ended.countDown();
                return "dropped";
            });
            host.ask("test-work");
            cancel(host);
            assertEquals(List.of("here", "after it"), events);
        }
    }

    @Test
    void noActionRunsForACallThatEndedByItself() throws Exception {
        var leaked = new AtomicReference<CommandContext>();
        try (var agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                leaked.set(context);
                context.onCancel(() -> events.add("too late"));
                return "done";
            });
            agent.add(Facts.Other.class, "other", (none, context) -> sleep());
            assertEquals("{\"return\": \"done\"}", host.call("test-work"));
            host.ask("test-other");
            cancel(host);
            assertEquals(List.of("interrupted"), events);
            assertEquals("the work that this context belongs to has ended",
                    assertThrows(IllegalStateException.class, () -> leaked.get().onCancel(() -> { }))
                            .getMessage());
        }
    }

    @Test
    void anActionThatThrowsDoesNotKeepTheOthersFromRunning() throws Exception {
        try (var agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                context.onCancel(() -> events.add("first"));
                context.onCancel(() -> {
                    throw new NoClassDefFoundError("as when the bundle is gone");
                });
                return sleep();
            });
            host.ask("test-work");
            cancel(host);
            assertEquals(List.of("first", "interrupted"), events);
        }
    }

    @Test
    void anActionThatHangsKeepsNeitherTheHostNorTheInterruptionWaiting() throws Exception {
        var release = new CountDownLatch(1);
        try (var agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                context.onCancel(() -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        events.add("disturbed");
                    }
                });
                return sleep();
            });
            host.ask("test-work");
            entered.await();
            assertTrue(host.send("\u00ff").line().contains("stray"));
            assertEquals("{\"return\": 1}", host.sync(1).line());
            ended.await();
            release.countDown();
            assertEquals(List.of("interrupted"), events);
        }
    }

    @Test
    void anInterruptionNeverReachesTheNextCommandOnTheSameThread() throws Exception {
        try (var agent = AgentUnderTest.in(folder).workers(1).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                Thread.currentThread().interrupt();
                return Thread.currentThread().getName();
            });
            agent.add(Facts.Other.class, "other",
                    (none, context) -> Thread.currentThread().getName() + " " + Thread.currentThread().isInterrupted());
            host.ask("test-work").ask("test-other").ask("test-work").ask("test-other");
            for (int i = 0; i < 2; i++) {
                var first = host.line();
                assertEquals(first.replace("\"}", " false\"}"), host.line());
            }
        }
    }
}
