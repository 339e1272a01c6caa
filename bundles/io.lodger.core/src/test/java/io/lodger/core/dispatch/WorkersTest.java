package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import io.lodger.core.Gate;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersTest {

    @TempDir
    Path folder;

    @Test
    void commandsThatHangOnAllWorkersAreNamedAndPingAndSyncGoOn() throws Exception {
        var first = Gate.stubborn();
        var second = Gate.stubborn();
        try (var agent = AgentUnderTest.in(folder).grace(Duration.ZERO).workers(2).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "one", first);
            agent.add(Facts.Other.class, "two", second);
            agent.add(Facts.Status.class, "three", (none, context) -> "works");
            host.ask("test-work");
            first.entered.await();
            assertEquals("{\"return\": 0}", host.sync(0).line());
            host.ask("test-other");
            second.entered.await();
            assertEquals("{\"return\": 1}", host.sync(1).line());
            host.ask("guest-ping").send("{'execute': 'test-status', 'id': 'x'}").ask("guest-ping").sync(2);
            assertEquals("{\"return\": {}}", host.line());
            assertEquals("{\"id\": \"x\", \"error\": {\"class\": \"GenericError\", \"desc\": \"All 2 workers of the agent are taken by "
                    + "commands that still run (test-other, test-work); try again when one has ended\"}}", host.line());
            assertEquals("{\"return\": {}}", host.line());
            assertEquals("{\"return\": 2}", host.line());
            first.open();
            // Its own family waits for the very end of the call, and so for its worker.
            first.left.await();
            var reply = host.call("test-status");
            while (reply.contains("All 2 workers")) {
                reply = host.call("test-status");
            }
            assertEquals("{\"return\": \"works\"}", reply);
            second.open();
        }
    }

    @Test
    void oneWorkerIsEnoughForOneCommandAfterTheOther() throws Exception {
        try (var agent = AgentUnderTest.in(folder).workers(1).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> "worked");
            for (int i = 0; i < 10_000; i++) {
                assertEquals("{\"return\": \"worked\"}", host.call("test-work"));
            }
        }
    }
}
