package io.lodger.itests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Machines that really sleep and wake: the same boot, the same processes, and an agent that goes on as if nothing had been. */
@Execution(ExecutionMode.CONCURRENT)
class SleepGuestTest {

    private static final int CYCLES = 10;

    @Test
    void theTinyGuestSuspendsToRamTenTimesInARow(@Guest GuestMachine machine) throws Exception {
        suspendToRamTenTimes(machine, "kernel");
    }

    @Test
    void theGuestWithPmUtilsSuspendsToRamTenTimesInARow(@Guest(image = Image.PM_UTILS) GuestMachine machine) throws Exception {
        suspendToRamTenTimes(machine, "pm-utils");
    }

    @Test
    void theGuestWithSystemdSuspendsToRamTenTimesInARow(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        suspendToRamTenTimes(machine, "systemd");
    }

    @Test
    void theTinyGuestComesBackFromDiskAndFromBoth(@Guest GuestMachine machine) throws Exception {
        comeBackFromDiskAndFromBoth(machine, "kernel");
        assertTrue(machine.control().run("cat /sys/power/disk").text().contains("[platform]"), "the mode is what it was");
    }

    @Test
    void theGuestWithPmUtilsComesBackFromDiskAndFromBoth(@Guest(image = Image.PM_UTILS) GuestMachine machine) throws Exception {
        comeBackFromDiskAndFromBoth(machine, "pm-utils");
    }

    @Test
    void theGuestWithSystemdComesBackFromDiskAndFromBoth(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        comeBackFromDiskAndFromBoth(machine, "systemd");
    }

    @Test
    void aGuestThatSleepsForAMinuteIsWokenByItsClock(@Guest GuestMachine machine) throws Exception {
        sleepForAMinute(machine);
    }

    @Test
    void aGuestWithPmUtilsThatSleepsForAMinuteIsWokenByItsClock(@Guest(image = Image.PM_UTILS) GuestMachine machine) throws Exception {
        sleepForAMinute(machine);
    }

    @Test
    void aGuestWithSystemdThatSleepsForAMinuteIsWokenByItsClock(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        sleepForAMinute(machine);
    }

    private static void suspendToRamTenTimes(GuestMachine machine, String strategy) throws Exception {
        var life = new Sleeping.Life(machine);
        try (var host = machine.connect()) {
            host.sync();
            for (int i = 0; i < CYCLES; i++) {
                Sleeping.suspendToRamBy(strategy, machine, host);
            }
        }
        life.assertGoesOn();
    }

    private static void comeBackFromDiskAndFromBoth(GuestMachine machine, String strategy) throws Exception {
        var life = new Sleeping.Life(machine);
        try (var host = machine.connect()) {
            host.sync().send("guest-suspend-disk", "{}");
            machine.qmp().awaitEvent("SUSPEND_DISK", Sleeping.PATIENCE);
            machine.awaitEnd(Sleeping.PATIENCE);
        }
        machine.restart();
        life.assertGoesOn();
        try (var host = machine.connect()) {
            host.sync();
            Sleeping.assertSlept("disk", strategy, host);
            host.send("guest-suspend-hybrid", "{}");
            machine.qmp().awaitEvent("SUSPEND", Sleeping.PATIENCE);
            Sleeping.wake(machine, host);
            Sleeping.assertSlept("hybrid", strategy, host);
        }
        life.assertGoesOn();
    }

    private static void sleepForAMinute(GuestMachine machine) throws Exception {
        try (var host = machine.connect()) {
            host.sync();
            long asked = System.nanoTime();
            assertTrue(host.call("lodger-suspend-for", "{'target': 'mem', 'duration': 60}").getAsJsonObject().has("wake-time"));
            long answered = System.nanoTime();
            machine.qmp().awaitEvent("SUSPEND", Duration.ofSeconds(50));
            machine.qmp().awaitEvent("WAKEUP", Sleeping.PATIENCE);
            long woken = System.nanoTime();
            System.err.println("the clock woke the machine " + (woken - answered) / 1_000_000 + " ms after the reply");
            assertTrue(woken - asked >= Duration.ofSeconds(60).toNanos(), "it was woken too early");
            assertTrue(woken - answered <= Duration.ofSeconds(65).toNanos(), "it was woken too late");
            host.sync();
            Sleeping.awaitNoted("mem", host);
            var last = Sleeping.last(host);
            assertEquals(60, last.get("duration").getAsLong());
            assertTrue(last.get("slept-ms").getAsLong() > 30_000, last.toString());
            assertEquals("", machine.control().run("cat /sys/class/rtc/rtc0/wakealarm").text());
        }
    }
}
