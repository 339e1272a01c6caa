package io.lodger.itests.guest.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.guest.Guest;
import io.lodger.itests.guest.GuestMachine;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** An agent that nobody is attached to. */
class IdleTest {

    private static final int SECONDS = 30;

    /** Counts the context switches of Lodger and of the control agent, a qemu-ga, after a moment in which the hosts go. */
    private static final String COUNT = """
            switches() {
              awk '/ctxt_switches/ { sum += $2 } END { print sum }' /proc/$1/task/*/status
            }
            lodger=$(cat /run/agent.pid)
            qemu_ga=$(busybox pidof qemu-ga)
            sleep 3
            lodger_before=$(switches $lodger)
            qemu_ga_before=$(switches $qemu_ga)
            sleep %d
            echo $(($(switches $lodger) - lodger_before)) $(($(switches $qemu_ga) - qemu_ga_before)) >/run/counting
            mv /run/counting /run/switches
            """.formatted(SECONDS);

    @Test
    void switchesLessOftenThanQemuGaWithNoHostAndThenAnswersTheFirst(@Guest GuestMachine machine) throws Exception {
        long pid = machine.agentPid();
        Requests.awaitStandstill(machine);
        machine.control().write("/run/count", COUNT);
        machine.control().run("setsid sh /run/count >/dev/null 2>&1 &").text();
        machine.control().disconnect();
        LockSupport.parkNanos(Duration.ofSeconds(SECONDS + 3).toNanos());
        machine.control().await("[ -e /run/switches ]");

        var counts = machine.control().run("cat /run/switches").text().split(" ");
        System.err.println("context switches in " + SECONDS + " s with no host: Lodger " + counts[0] + ", qemu-ga " + counts[1]);
        int ofQemuGa = Integer.parseInt(counts[1]);
        assertTrue(ofQemuGa > SECONDS, "qemu-ga polls; if it doesn't, what was counted is wrong");
        assertTrue(Integer.parseInt(counts[0]) < ofQemuGa);
        try (var host = machine.connect()) {
            Requests.assertOwnReply(host);
        }
        assertEquals(pid, machine.agentPid());
    }
}
