package io.lodger.itests.guest.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.itests.guest.Guest;
import io.lodger.itests.guest.GuestMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Hosts that come and go on a serial line. The guest can't see them come or go, so that each has to begin with the byte 0xFF, and a line
 * takes some 90 kB/s.
 */
@Execution(ExecutionMode.CONCURRENT)
class SerialLineTest {

    private static final int HOSTS = 50;
    /** More than all buffers on the way take. */
    /** More than the sockets between take, at a line's speed. */
    private static final int LARGE = 300_000;
    /** Takes the line a moment. */
    private static final int LEFT_BEHIND = 50_000;

    @Test
    void hostsInARowGetTheirOwnReplies(@Guest GuestMachine machine) throws Exception {
        long pid = serve(machine);
        for (int i = 0; i < HOSTS; i++) {
            try (var host = machine.connectSerial()) {
                Requests.assertOwnReply(i % 2 == 0 ? host.sync() : host);
            }
        }
        assertEquals(pid, machine.agentPid());
    }

    @Test
    void aHostThatBeginsWith0xFFIsRidOfWhatTheLastOneLeft(@Guest GuestMachine machine) throws Exception {
        long pid = serve(machine);
        Requests.sendHalfOfOne(machine.connectSerial());
        try (var host = machine.connectSerial()) {
            Requests.assertOwnReply(host.sync());
            host.host().send(Requests.large(LEFT_BEHIND));
        }
        try (var host = machine.connectSerial()) {
            Requests.assertOwnReply(host.sync());
        }
        assertEquals(pid, machine.agentPid());
    }

    @Test
    void aHostThatStopsReadingCostsNothingAndFindsItsReplyLater(@Guest GuestMachine machine) throws Exception {
        long pid = serve(machine);
        try (var host = machine.connectSerial()) {
            host.sync();
            Requests.assertNothingUsedWhileUnread(machine, host, LARGE);
            Requests.assertOwnReply(host);
        }
        assertEquals(pid, machine.agentPid());
    }

    /** Has the line served as a further channel, and gives the agent's process id. */
    private static long serve(GuestMachine machine) throws Exception {
        machine.control().run("(cat /payload/lodger.conf; printf '[channel serial]\\nmethod=isa-serial\\npath=/dev/ttyS1\\n')"
                + " >/run/lodger.conf").text();
        machine.restartAgent();
        // Until then the line gives back what it is sent.
        machine.control().await("stty -F /dev/ttyS1 | grep -q -e -icanon");
        return machine.agentPid();
    }
}
