package io.lodger.core.health;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Facts;
import io.lodger.core.Gate;
import io.lodger.core.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakedThreadsTest {

    @TempDir
    Path folder;

    private AgentUnderTest agent;
    private Host host;

    @BeforeEach
    void start() throws IOException {
        agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).drainPatience(AgentUnderTest.SHORT).workers(2).start();
        host = agent.connect();
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        agent.close();
    }

    private String health() throws IOException {
        return host.call("lodger-health");
    }

    private String asked() {
        try {
            return health();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void threadsThatABundleLeavesBehindAreFoundByItsName() throws Exception {
        var over = new CountDownLatch(1);
        var command = agent.add(Facts.Work.class, "test", (none, context) -> {
            thread("left-by-call", over).start();
            context.startJob("working", job -> {
                thread("left-by-job", over).start();
                return null;
            });
            return null;
        });
        host.call("test-work");
        Condition.await(() -> asked().contains("\"jobs\": {\"busy\": 0") && asked().contains("\"healthy\": true"));
        assertTrue(health().contains("\"leaked-threads\": []"));
        agent.agent().registry().remove(command);
        var health = health();
        for (var name : new String[] {"left-by-call", "left-by-job"}) {
            assertTrue(health.contains("{\"thread\": \"" + name + "\", \"bundle\": \"test\", \"bundle-version\": \"1.0.0\"}"), health);
            assertTrue(health.contains("\"Thread " + name + " of test 1.0.0 is still there though that is gone\""), health);
        }
        over.countDown();
        Condition.await(() -> asked().contains("\"leaked-threads\": []"));
    }

    @Test
    void aCallThatRunsOnThoughItsBundleIsGoneIsALeakedThread() throws Exception {
        var gate = Gate.stubborn();
        var command = agent.add(Facts.Work.class, "test", gate);
        host.ask("test-work");
        gate.entered.await();
        agent.agent().registry().remove(command);
        host.line();
        var health = health();
        assertTrue(health.contains("{\"thread\": \"worker-") && health.contains("\"bundle\": \"test\", \"bundle-version\": \"1.0.0\"}]"),
                health);
        gate.open();
        Condition.await(() -> asked().contains("\"leaked-threads\": []"));
    }

    private static Thread thread(String name, CountDownLatch over) {
        return new Thread(() -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, name);
    }
}
