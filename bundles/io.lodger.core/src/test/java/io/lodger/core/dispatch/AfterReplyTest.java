package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.NoArguments;
import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AfterReplyTest {

    /** More than a socket holds for a host that doesn't read. */
    private static final String BIG = "x".repeat(8 << 20);

    private final BlockingQueue<String> fates = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    /** A command that asks for the fate of its reply, and then does what is told. */
    private Command<NoArguments, Object> asking(Command<NoArguments, Object> then) {
        return (none, context) -> {
            context.afterReply(() -> fates.add("sent"), () -> fates.add("lost"));
            return then.execute(none, context);
        };
    }

    private String fate() throws InterruptedException {
        return fates.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void theActionRunsWhenTheReplyHasLeft() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", asking((none, context) -> "done"));
            assertEquals("{\"return\": \"done\"}", host.call("test-work"));
            assertEquals("sent", fate());
        }
    }

    @Test
    void theActionWaitsForAHostThatReadsLate() throws Exception {
        try (var agent = AgentUnderTest.in(folder).channels(2).start(); var host = agent.connect(0); var other = agent.connect(1)) {
            agent.add(Facts.Work.class, "test", asking((none, context) -> BIG));
            agent.add(Facts.Other.class, "other", (none, context) -> "answered");
            host.ask("test-work");
            // The reply is under way when its first bytes can be read, and can't have left while the host leaves the rest unread.
            assertEquals('{', host.firstCharacter());
            assertEquals("{\"return\": \"answered\"}", other.call("test-other"));
            assertEquals(0, fates.size());
            assertEquals("\"return\": \"" + BIG + "\"}", host.line());
            assertEquals("sent", fate());
        }
    }

    @Test
    void aHostThatHangsUpWithTheReplyUnreadLosesIt() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start()) {
            agent.add(Facts.Work.class, "test", asking((none, context) -> BIG));
            try (var host = agent.connect()) {
                host.ask("test-work");
                assertEquals('{', host.firstCharacter());
            }
            assertEquals("lost", fate());
        }
    }

    @Test
    void aHostThatIsGoneBeforeTheReplyLosesIt() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var agent = AgentUnderTest.in(folder).start()) {
            agent.add(Facts.Work.class, "test", asking((none, context) -> {
                entered.countDown();
                go.await();
                return BIG;
            }));
            try (var host = agent.connect()) {
                host.ask("test-work");
                entered.await();
            }
            go.countDown();
            assertEquals("lost", fate());
        }
    }

    @Test
    void aCommandThatFailsHasLostTheReplyOfItsSuccess() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", asking((none, context) -> {
                throw new IOException("no luck");
            }));
            assertTrue(host.call("test-work").contains("no luck"));
            assertEquals("lost", fate());
        }
    }

    @Test
    void aCommandThatIsCancelledHasLostItsReply() throws Exception {
        var entered = new CountDownLatch(1);
        try (var agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", asking((none, context) -> {
                entered.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    return "dropped";
                }
                return "never";
            }));
            host.ask("test-work");
            entered.await();
            assertTrue(host.send("\u00ff").line().contains("stray"));
            assertEquals("lost", fate());
        }
    }

    @Test
    void aCommandWithoutAReplyWaitsForNothing() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Silent.class, "test", asking((none, context) -> "never seen"));
            host.ask("test-silent");
            assertEquals("sent", fate());
        }
    }

    @Test
    void anActionThatFailsKeepsNothingElseFromHappening() throws Exception {
        var leaked = new AtomicReference<CommandContext>();
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                leaked.set(context);
                context.afterReply(() -> {
                    throw new NoClassDefFoundError("as when the bundle is gone");
                }, () -> fates.add("lost"));
                context.afterReply(() -> fates.add("second"), () -> fates.add("lost"));
                return "done";
            });
            assertEquals("{\"return\": \"done\"}", host.call("test-work"));
            assertEquals("second", fate());
            assertEquals("{\"return\": \"done\"}", host.call("test-work"));
            assertEquals("second", fate());
            assertEquals("the work that this context belongs to has ended", assertThrows(IllegalStateException.class,
                    () -> leaked.get().afterReply(() -> { }, () -> { })).getMessage());
        }
    }
}
