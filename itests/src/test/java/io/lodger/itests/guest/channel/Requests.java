package io.lodger.itests.guest.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.guest.AgentConnection;
import io.lodger.itests.guest.GuestMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What hosts send in tests of channels. */
final class Requests {

    private static final Duration STANDSTILL = Duration.ofSeconds(10);
    private static final Duration NOTHING = Duration.ofMillis(200);

    private Requests() {
    }

    /** A request whose reply is as large as itself: an id is given back as it is. */
    static String large(int size) {
        return "{\"execute\": \"guest-ping\", \"id\": \"" + "x".repeat(size) + "\"}\n";
    }

    /** The next line must be the reply to a request that nobody else can have sent. */
    static void assertOwnReply(AgentConnection host) throws IOException {
        int id = AgentConnection.freshId();
        assertEquals("{\"return\": {}, \"id\": " + id + "}", host.host().ask("{\"execute\": \"guest-ping\", \"id\": " + id + "}\n"));
    }

    /** Sends the first half of a request and closes the connection. */
    static void sendHalfOfOne(AgentConnection host) throws IOException {
        try (host) {
            host.sync();
            host.host().send("{\"execute\": \"guest-pi");
        }
    }

    /** Leaves a reply unread, sees that the agent stands still with it, and reads it. */
    static void assertNothingUsedWhileUnread(GuestMachine machine, AgentConnection host, int size) throws IOException {
        host.host().send(large(size));
        awaitStandstill(machine);
        var before = machine.agentProcessorTime();
        LockSupport.parkNanos(STANDSTILL.toNanos());
        var used = machine.agentProcessorTime().minus(before);
        assertTrue(used.compareTo(NOTHING) < 0, () -> "with an unread reply the agent used " + used + " within " + STANDSTILL);
        assertEquals("{\"return\": {}, \"id\": \"" + "x".repeat(size) + "\"}", host.host().line());
    }

    /** Waits until the agent has used nothing for a second. */
    static void awaitStandstill(GuestMachine machine) throws IOException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        Duration before;
        do {
            assertTrue(System.nanoTime() < deadline, "the agent doesn't come to rest");
            before = machine.agentProcessorTime();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        } while (machine.agentProcessorTime().compareTo(before) > 0);
    }
}
