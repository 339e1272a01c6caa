package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Facts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakTest {

    private static final String NOTHING = "{\"return\": {}}";
    private static final String BIG = "x".repeat(1 << 20);

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    @TempDir
    Path folder;

    @Test
    void aThousandHostsInARowLeaveNothingBehind() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start()) {
            visit(agent, 20);
            Condition.await(() -> threads("channel-") == 1);
            long descriptors = descriptors();
            visit(agent, 1000);
            Condition.await(() -> threads("channel-") == 1 && descriptors() <= descriptors);
        }
        Condition.await(() -> threads("channel-") == 0);
    }

    private static void visit(AgentUnderTest agent, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (var host = agent.connect()) {
                switch (i % 4) {
                    case 0 -> host.ask("guest-ping");
                    case 1 -> assertEquals(NOTHING, host.call("guest-ping"));
                    case 2 -> host.send("{\"execute");
                    default -> host.endOutput();
                }
            }
        }
    }

    /** How many threads of this name there are that weren't there before the test. */
    private long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix) && !before.contains(thread)).count();
    }

    private static long descriptors() {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void closingTheAgentEndsAllItsThreadsWhateverTheyDo() throws Exception {
        var entered = new CountDownLatch(1);
        try (var agent = AgentUnderTest.in(folder).channels(3).start(); var working = agent.connect(0); var full = agent.connect(1)) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                entered.countDown();
                new CountDownLatch(1).await();
                return "never";
            });
            agent.add(Facts.Other.class, "other", (none, context) -> BIG);
            working.ask("test-work");
            full.ask("test-other").ask("test-other").ask("test-other").ask("test-other");
            entered.await();
            Condition.await(() -> threads("worker-1-writer") + threads("worker-2-writer") == 1);
        }
        Condition.await(() -> threads("channel-") == 0 && threads("worker-") == 0);
    }
}
