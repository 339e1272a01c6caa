package io.lodger.itests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The machines are what they are described as. */
@Execution(ExecutionMode.CONCURRENT)
class GuestMachineTest {

    /** The type of each file system, the swap device and the card's address. */
    private static final String INVENTORY = "for i in / /data /payload; do echo $i $(stat -f -c %T $i); done;"
            + " grep -o '^/dev/[a-z]*' /proc/swaps; ip -o -4 address show eth0 | grep -o '10.0.2.15/24'; touch /data/file";
    private static final String EXPECTED = "/ ext2/ext3\n/data ext2/ext3\n/payload ext2/ext3\n/dev/vdd\n10.0.2.15/24";

    @Test
    void theTinyOneHasItsDevices(@Guest GuestMachine machine) throws Exception {
        assertEquals(EXPECTED, machine.control().run(INVENTORY).text());
    }

    @Test
    void theOneWithPmUtilsHasItsDevicesAndPmUtils(@Guest(image = Image.PM_UTILS) GuestMachine machine) throws Exception {
        assertEquals(EXPECTED, machine.control().run(INVENTORY).text());
        assertEquals(0, machine.control().run("pm-is-supported --suspend").status());
    }

    @Test
    void theOneWithSystemdHasItsDevicesAndNoUnitFailed(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        assertEquals(EXPECTED, machine.control().run(INVENTORY).text());
        machine.control().await("systemctl is-system-running | grep -q -e running -e degraded");
        assertEquals("", machine.control().run("systemctl --failed --plain --no-legend").text());
    }

    @Test
    void anAgentThatEndsIsStartedAgain(@Guest(agent = GuestAgent.QEMU_GA) GuestMachine machine) throws Exception {
        long pid = machine.agentPid();
        machine.restartAgent();
        assertNotEquals(pid, machine.agentPid());
        assertEquals(1, machine.control().run("cat /run/agent-ended").out().length());
    }

    @Test
    void aMachineThatStartsAgainHasItsDisksAndNotItsMemory(@Guest(agent = GuestAgent.NONE) GuestMachine machine) throws Exception {
        machine.control().run("touch /data/kept /root/kept /run/lost && sync").text();
        machine.restart();
        assertEquals("/data/kept\n/root/kept", machine.control().run("ls -d /*/kept /run/lost 2>/dev/null || true").text());
    }

    @Test
    void furtherHardwareAndTheClockAreAsAskedFor(
            @Guest(agent = GuestAgent.NONE, qemu = {"-smp", "2", "-rtc", "base=2001-02-03T04:05:06"}) GuestMachine machine)
            throws Exception {
        assertEquals("2", machine.control().run("nproc").text());
        assertEquals("2001", machine.control().run("date +%Y").text());
        machine.control().setClock();
        var clock = Instant.ofEpochSecond(Long.parseLong(machine.control().run("date +%s").text()));
        assertTrue(Duration.between(clock, Instant.now()).abs().toSeconds() < 10);
    }
}
