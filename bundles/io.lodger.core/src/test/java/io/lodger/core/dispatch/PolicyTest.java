package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import io.lodger.core.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {

    private final AtomicInteger touched = new AtomicInteger();

    @TempDir
    Path folder;

    private void addCommands(AgentUnderTest agent) {
        agent.add(Facts.Work.class, "test", (none, context) -> touched.incrementAndGet());
        agent.add(Facts.Thaw.class, "test", (none, context) -> {
            agent.agent().frozenState().thaw();
            return "thawed";
        });
    }

    private static void assertDisabled(String command, Host host) throws Exception {
        assertEquals("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"Command " + command
                + " has been disabled: the command is not allowed\"}}", host.call(command));
    }

    private static void assertEnabled(boolean enabled, String command, Host host) throws Exception {
        var info = host.call("guest-info");
        assertTrue(info.contains("{\"name\": \"" + command + "\", \"enabled\": " + enabled + ","), info);
    }

    @Test
    void whileFrozenOnlyWhatIsMadeForItRuns() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            addCommands(agent);
            agent.agent().frozenState().freeze();
            assertDisabled("test-work", host);
            assertDisabled("lodger-describe", host);
            assertEnabled(false, "test-work", host);
            assertEnabled(true, "test-thaw", host);
            assertEquals("{\"return\": {}}", host.call("guest-ping"));
            assertEquals("{\"return\": 1}", host.sync(1).line());
            assertEquals("\u00ff{\"return\": 2}",
                    host.send("{'execute': 'guest-sync-delimited', 'arguments': {'id': 2}}").line());
            assertEquals(0, touched.get());
            assertEquals("{\"return\": \"thawed\"}", host.call("test-thaw"));
            assertEquals("{\"return\": 1}", host.call("test-work"));
        }
    }

    @Test
    void theFrozenStateOutlivesTheAgent() throws Exception {
        var marker = folder.resolve("qga.state.isfrozen");
        try (var agent = AgentUnderTest.in(folder).start()) {
            assertFalse(agent.agent().isFrozen());
            agent.agent().frozenState().freeze();
            agent.agent().frozenState().freeze();
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(marker)));
        }
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            addCommands(agent);
            assertDisabled("test-work", host);
            assertEquals("{\"return\": \"thawed\"}", host.call("test-thaw"));
            assertFalse(Files.exists(marker));
        }
        try (var agent = AgentUnderTest.in(folder).start()) {
            assertFalse(agent.agent().isFrozen());
        }
    }

    @Test
    void whileFrozenTheListsKeepNobodyFromThawing() throws Exception {
        try (var agent = AgentUnderTest.in(folder).allowed("test-work").blocked("guest-ping").start(); var host = agent.connect()) {
            addCommands(agent);
            assertDisabled("test-thaw", host);
            assertDisabled("guest-ping", host);
            agent.agent().frozenState().freeze();
            assertEquals("{\"return\": {}}", host.call("guest-ping"));
            assertEquals("{\"return\": \"thawed\"}", host.call("test-thaw"));
            assertDisabled("test-thaw", host);
            assertEquals("{\"return\": 1}", host.call("test-work"));
        }
    }

    @Test
    void theBlockListIsTakenOffTheAllowList() throws Exception {
        try (var agent = AgentUnderTest.in(folder).allowed("guest-ping", "guest-info", "test-work").blocked("test-work").start();
                var host = agent.connect()) {
            addCommands(agent);
            assertDisabled("test-work", host);
            assertDisabled("lodger-describe", host);
            assertEnabled(false, "test-work", host);
            assertEnabled(true, "guest-ping", host);
            assertEquals(0, touched.get());
        }
    }

    @Test
    void anUnknownCommandIsNotFoundRatherThanDisabled() throws Exception {
        try (var agent = AgentUnderTest.in(folder).allowed("guest-ping").start(); var host = agent.connect()) {
            assertEquals("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command test-work has not been found\"}}",
                    host.call("test-work"));
        }
    }
}
