package io.lodger.core.health;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.Facts;
import io.lodger.core.Gate;
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

    private HealthHost asker;

    @BeforeEach
    void start() throws IOException {
        asker = new HealthHost(folder);
    }

    @AfterEach
    void stop() throws Exception {
        asker.close();
    }

    @Test
    void threadsThatABundleLeavesBehindAreFoundByItsName() throws Exception {
        var over = new CountDownLatch(1);
        var command = asker.agent.add(Facts.Work.class, "test", (none, context) -> {
            thread("left-by-call", over).start();
            context.startJob("working", job -> {
                thread("left-by-job", over).start();
                return null;
            });
            return null;
        });
        asker.host.call("test-work");
        asker.await("\"jobs\": {\"busy\": 0");
        asker.await("\"healthy\": true");
        assertTrue(asker.health().contains("\"leaked-threads\": []"));
        asker.agent.agent().registry().remove(command);
        var health = asker.health();
        for (var name : new String[] {"left-by-call", "left-by-job"}) {
            assertTrue(health.contains("{\"thread\": \"" + name + "\", \"bundle\": \"test\", \"bundle-version\": \"1.0.0\"}"), health);
            assertTrue(health.contains("\"Thread " + name + " of test 1.0.0 is still there though that is gone\""), health);
        }
        over.countDown();
        asker.await("\"leaked-threads\": []");
    }

    @Test
    void aCallThatRunsOnThoughItsBundleIsGoneIsALeakedThread() throws Exception {
        var gate = Gate.stubborn();
        var command = asker.agent.add(Facts.Work.class, "test", gate);
        asker.host.ask("test-work");
        gate.entered.await();
        asker.agent.agent().registry().remove(command);
        asker.host.line();
        var health = asker.health();
        assertTrue(health.contains("{\"thread\": \"worker-") && health.contains("\"bundle\": \"test\", \"bundle-version\": \"1.0.0\"}]"),
                health);
        gate.open();
        asker.await("\"leaked-threads\": []");
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
