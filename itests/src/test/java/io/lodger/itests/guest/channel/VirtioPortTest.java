package io.lodger.itests.guest.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.guest.AgentConnection;
import io.lodger.itests.guest.Guest;
import io.lodger.itests.guest.GuestMachine;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Hosts that come and go on a virtio-serial port, in every way that confuses an agent. */
@Execution(ExecutionMode.CONCURRENT)
class VirtioPortTest {

    private static final int HOSTS = 200;
    /** More than all buffers on the way take. */
    private static final int LARGE = 700_000;
    private static final int PART = 100_000;

    @Test
    void twoHundredHostsInARowGetTheirOwnReplies(@Guest GuestMachine machine) throws Exception {
        long pid = machine.agentPid();
        for (int i = 0; i < HOSTS; i++) {
            try (var host = machine.connect()) {
                if (i % 2 == 0) {
                    host.sync();
                }
                Requests.assertOwnReply(host);
            }
        }
        assertEquals(pid, machine.agentPid());
    }

    @Test
    void theRestOfAReplyGoesWithItsHostOnceTheGuestHasSeenThatOneGo(@Guest GuestMachine machine) throws Exception {
        long pid = machine.agentPid();
        for (int i = 0; i < 2; i++) {
            leaveInTheMiddleOfAReply(machine);
            machine.agentPort().awaitNoHost();
            try (var host = machine.connect()) {
                Requests.assertOwnReply(host);
                assertEquals("{}", host.sync().call("guest-ping").toString());
            }
        }
        assertEquals(pid, machine.agentPid());
    }

    @Test
    void aHostThatComesInTheMiddleOfAReplyToTheLastOneSeesItsEndAndThenItsOwn(@Guest GuestMachine machine) throws Exception {
        long pid = machine.agentPid();
        leaveInTheMiddleOfAReply(machine);
        try (var host = machine.connect()) {
            int id = AgentConnection.freshId();
            host.host().send("{\"execute\": \"guest-sync\", \"arguments\": {\"id\": " + id + "}}\n");
            var lines = new ArrayList<>(List.of(host.host().line()));
            if (lines.get(0).endsWith("x\"}")) {
                lines.set(0, host.host().line());
            }
            assertEquals(List.of("{\"return\": " + id + "}"), lines);
        }
        leaveInTheMiddleOfAReply(machine);
        try (var host = machine.connect()) {
            Requests.assertOwnReply(host.sync());
        }
        assertEquals(pid, machine.agentPid());
    }

    @Test
    void aHostThatStopsReadingCostsNothingAndFindsItsReplyLater(@Guest GuestMachine machine) throws Exception {
        long pid = machine.agentPid();
        try (var host = machine.connect()) {
            host.sync();
            Requests.assertNothingUsedWhileUnread(machine, host, LARGE);
            Requests.assertOwnReply(host);
        }
        assertEquals(pid, machine.agentPid());
    }

    @Test
    void halfARequestGoesWithItsHost(@Guest GuestMachine machine) throws Exception {
        long pid = machine.agentPid();
        Requests.sendHalfOfOne(machine.connect());
        machine.agentPort().awaitNoHost();
        try (var host = machine.connect()) {
            Requests.assertOwnReply(host);
        }
        Requests.sendHalfOfOne(machine.connect());
        try (var host = machine.connect()) {
            Requests.assertOwnReply(host.sync());
        }
        assertEquals(pid, machine.agentPid());
    }

    @Test
    void aPortThatIsPluggedAgainIsServedByTheSameProcess(@Guest GuestMachine machine) throws Exception {
        long pid = machine.agentPid();
        for (int i = 0; i < 2; i++) {
            machine.agentPort().unplug();
            machine.agentPort().plug();
            try (var host = machine.connect()) {
                Requests.assertOwnReply(host.sync());
            }
        }
        assertEquals(pid, machine.agentPid());
    }

    private static void leaveInTheMiddleOfAReply(GuestMachine machine) throws Exception {
        try (var socket = SocketChannel.open(UnixDomainSocketAddress.of(machine.agentSocket()))) {
            socket.write(ByteBuffer.wrap(Requests.large(LARGE).getBytes(StandardCharsets.US_ASCII)));
            var part = ByteBuffer.allocate(PART);
            while (part.hasRemaining()) {
                assertTrue(socket.read(part) > 0);
            }
        }
    }
}
