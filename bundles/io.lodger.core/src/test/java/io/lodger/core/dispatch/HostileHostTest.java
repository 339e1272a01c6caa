package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Facts;
import io.lodger.core.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileHostTest {

    private static final String NOTHING = "{\"return\": {}}";
    private static final String BIG = "x".repeat(1 << 20);

    @TempDir
    Path folder;

    private static void assertAnswers(AgentUnderTest agent, int channel) throws Exception {
        try (var host = agent.connect(channel)) {
            assertEquals(NOTHING, host.call("guest-ping"));
        }
    }

    @Test
    void aHostThatClosesWithUnreadRepliesLeavesTheNextOneACleanChannel() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start()) {
            agent.add(Facts.Work.class, "test", (none, context) -> BIG);
            for (int i = 0; i < 20; i++) {
                try (var rude = agent.connect()) {
                    rude.ask("guest-ping").ask("test-work").ask("test-work").ask("guest-ping");
                }
                assertAnswers(agent, 0);
            }
        }
    }

    @Test
    void halfARequestDiesWithItsConnection() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start()) {
            for (var half : new String[] {"{\"execute\": \"guest-p", "{\"execute\": {{{[[", "\"", "{'execute': 'guest-ping'", "\u00ff'"}) {
                try (var rude = agent.connect()) {
                    rude.send(half);
                }
                assertAnswers(agent, 0);
            }
        }
    }

    @Test
    void aHostThatEndsItsSideStillGetsAllItsAnswers() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> BIG);
            host.ask("test-work").ask("guest-ping").ask("test-work").sync(3).endOutput();
            assertEquals("{\"return\": \"" + BIG + "\"}", host.line());
            assertEquals(NOTHING, host.line());
            assertEquals("{\"return\": \"" + BIG + "\"}", host.line());
            assertEquals("{\"return\": 3}", host.line());
            assertTrue(host.isAtEnd());
        }
    }

    @Test
    void aHostThatEndsItsSideInTheMiddleOfARequestGetsTheAnswersToTheWholeOnes() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            host.ask("guest-ping").send("{\"execute\": \"guest-ping\"").endOutput();
            assertEquals(NOTHING, host.line());
            assertTrue(host.isAtEnd());
        }
    }

    @Test
    void twoHundredThousandPingsThatNobodyReadsUntilTheEndAreAllAnswered() throws Exception {
        int count = 200_000;
        try (var agent = AgentUnderTest.in(folder).channels(2).start(); var host = agent.connect(0)) {
            var sender = new Thread(() -> {
                try {
                    for (int i = 0; i < count; i += 100) {
                        host.send("{\"execute\":\"guest-ping\"}".repeat(100));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            sender.start();
            assertAnswers(agent, 1);
            for (int i = 0; i < count; i++) {
                assertEquals(NOTHING, host.line());
            }
            sender.join();
        }
    }

    @Test
    void aHostThatNeverReadsBlocksNothingButItself() throws Exception {
        var served = new AtomicLong();
        var agent = AgentUnderTest.in(folder).channels(2).start();
        try (agent; var rude = agent.connect(0)) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                served.incrementAndGet();
                return BIG;
            });
            for (int i = 0; i < 200; i++) {
                rude.ask("test-work");
            }
            Condition.await(() -> served.get() >= 2);
            assertAnswers(agent, 1);
            try (var other = agent.connect(1)) {
                assertEquals("{\"return\": \"" + BIG + "\"}", other.call("test-work"));
            }
            // The one above, two within the backlog's limit, and one that overran it.
            assertTrue(served.get() <= 4, "the agent keeps " + served.get() + " unread replies of 1 MiB");
            long before = System.nanoTime();
            agent.close();
            assertTrue(System.nanoTime() - before < 1_000_000_000L, "closing takes no account of unread replies");
        }
    }

    @Test
    void aHostGetsAnErrorForARequestLargerThanTheMemoryAndIsServedOn() throws Exception {
        var java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx24m", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), SmallAgent.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            assertEquals("ready", java.inputReader().readLine());
            try (var host = Host.connect(folder.resolve("c0"))) {
                host.send("{\"execute\": \"guest-ping\", \"arguments\": {\"data\": \"" + "A".repeat(40 << 20) + "\"}}\n");
                var first = host.line();
                assertTrue(first.contains("larger than the memory of the agent"), first);
                host.sync(4);
                var line = host.line();
                while (!line.equals("{\"return\": 4}")) {
                    assertTrue(line.startsWith("{\"error\": "), line);
                    line = host.line();
                }
            }
            try (var next = Host.connect(folder.resolve("c0"))) {
                assertEquals(NOTHING, next.call("guest-ping"));
            }
        } finally {
            java.destroyForcibly().waitFor();
        }
    }

    /** An agent in a process of its own, with less memory than a request may need. */
    static final class SmallAgent {

        public static void main(String[] arguments) throws Exception {
            AgentUnderTest.in(Path.of(arguments[0])).start();
            System.out.println("ready");
        }
    }
}
