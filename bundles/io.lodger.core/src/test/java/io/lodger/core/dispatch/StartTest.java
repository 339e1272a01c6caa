package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

    @TempDir
    Path folder;

    @Test
    void pingAndSyncAreAnsweredWhileTheBundlesAreStillStarting() throws Exception {
        try (var agent = AgentUnderTest.in(folder).startUnready(); var host = agent.connect()) {
            assertEquals("{\"return\": {}}", host.call("guest-ping"));
            assertEquals("{\"return\": 3}", host.sync(3).line());
        }
    }

    @Test
    void aCommandWhoseBundleIsStillStartingIsWaitedFor() throws Exception {
        try (var agent = AgentUnderTest.in(folder).startUnready(); var host = agent.connect()) {
            host.ask("test-work").ask("guest-ping");
            agent.add(Facts.Work.class, "test", (none, context) -> "worked");
            assertEquals("{\"return\": \"worked\"}", host.line());
            assertEquals("{\"return\": {}}", host.line());
        }
    }

    @Test
    void whatNoBundleBroughtIsNotFoundOnceAllAreUp() throws Exception {
        try (var agent = AgentUnderTest.in(folder).startUnready(); var host = agent.connect()) {
            host.ask("test-work");
            agent.add(Facts.Other.class, "test", (none, context) -> "worked");
            agent.agent().ready();
            assertEquals("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command test-work has not been found\"}}",
                    host.line());
        }
    }

    @Test
    void infoNamesTheCommandsOfBundlesThatWereStillStarting() throws Exception {
        try (var agent = AgentUnderTest.in(folder).startUnready(); var host = agent.connect()) {
            host.ask("guest-info");
            agent.add(Facts.Silent.class, "test", (none, context) -> "worked");
            agent.agent().ready();
            var info = host.line();
            assertTrue(info.contains("{\"name\": \"test-silent\", \"enabled\": true, \"success-response\": false}"), info);
        }
    }

    @Test
    void aRequestThatWaitsForItsBundleIsCancelledLikeAnyOther() throws Exception {
        try (var agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).workers(1).startUnready(); var host = agent.connect()) {
            host.ask("test-work");
            assertTrue(host.send("\u00ff").line().contains("stray"));
            agent.add(Facts.Other.class, "test", (none, context) -> "worked");
            var reply = host.call("test-other");
            while (reply.contains("All 1 workers")) {
                reply = host.call("test-other");
            }
            assertEquals("{\"return\": \"worked\"}", reply);
        }
    }
}
