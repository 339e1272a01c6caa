package io.lodger.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import io.lodger.power.suspend.Suspension;
import io.lodger.power.suspend.TimedSuspension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three commands from request to reply, with real programs in a guest that is a folder. */
class SuspendTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path SCHEMA = Path.of("schema");

    @TempDir
    Path folder;
    private FakeGuest guest;

    @BeforeEach
    void makeGuest() {
        guest = new FakeGuest(folder);
    }

    private Suspension suspension() {
        return new Suspension(guest::strategies, guest.witness());
    }

    private static String error(String text) {
        return "{\"error\": {\"class\": \"GenericError\", \"desc\": \"" + text + "\"}}";
    }

    private static String status(Suspension suspension) throws Exception {
        var timed = new TimedSuspension(suspension, Path.of("/"), Duration.ZERO, Duration.ZERO);
        try (var tester = CommandTester.of(new SuspendStatus(suspension, timed))) {
            return tester.call("{}");
        }
    }

    @Test
    void withoutAnyProgramTheKernelsFilesSuspendAndNoReplyIsSent() throws Exception {
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendRam(suspension))) {
            assertEquals("", tester.call("{}"));
            assertEquals("mem", guest.read("sys/power/state"));
            tester.checkSchema(SCHEMA);
        }
        assertEquals("{\"return\": {\"last\": {\"target\": \"mem\", \"strategy\": \"kernel\", \"slept-ms\": 5000}}}", status(suspension));
    }

    @Test
    void eachTargetHasItsProgramOfPmUtils() throws Exception {
        guest.program("pm-is-supported", "exit 0");
        for (var program : List.of("pm-suspend", "pm-hibernate", "pm-suspend-hybrid")) {
            guest.program(program, "echo $(($(cat $ROOT/asleep) + 1500)) > $ROOT/asleep");
        }
        try (var ram = CommandTester.of(new SuspendRam(suspension()));
                var disk = CommandTester.of(new SuspendDisk(suspension()));
                var hybrid = CommandTester.of(new SuspendHybrid(suspension()))) {
            assertEquals("", ram.call("{}"));
            assertEquals("", disk.call("{}"));
            assertEquals("", hybrid.call("{}"));
            disk.checkSchema(SCHEMA);
            hybrid.checkSchema(SCHEMA);
        }
        assertEquals(List.of("pm-is-supported --suspend", "pm-suspend", "pm-is-supported --hibernate", "pm-hibernate",
                "pm-is-supported --suspend-hybrid", "pm-suspend-hybrid"), guest.calls());
    }

    @Test
    void systemdIsAskedFirstAndItsSleepIsAwaitedThoughItsProgramReturnsBefore() throws Exception {
        guest.file("run/systemd/system/.keep", "");
        guest.program("systemctl", "case $1 in status) exit 3;; show) echo ActiveState=inactive; echo 900 > $ROOT/asleep;; esac");
        guest.program("pm-is-supported", "exit 0").program("pm-hibernate", "exit 0");
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendDisk(suspension))) {
            assertEquals("", tester.call("{}"));
        }
        assertEquals("systemctl status systemd-hibernate.service", guest.calls().get(0));
        assertTrue(guest.calls().contains("systemctl hibernate"));
        assertTrue(guest.calls().stream().allMatch(call -> call.startsWith("systemctl ")), guest.calls().toString());
    }

    @Test
    void whereNothingIsSupportedEachStrategySaysWhy() throws Exception {
        guest.file("sys/power/state", "freeze\n");
        try (var tester = CommandTester.of(new SuspendRam(suspension()))) {
            assertEquals(error("the requested suspend mode is not supported by the guest: "
                    + "systemd: systemd does not run here: there is no " + folder + "/run/systemd/system; "
                    + "pm-utils: there is no pm-is-supported on the PATH; "
                    + "kernel: " + folder + "/sys/power/state has no mem, only: freeze"), tester.call("{}"));
        }
        assertEquals("freeze", guest.read("sys/power/state"));
    }

    @Test
    void oneThatFailsIsFollowedByTheNextAndTheErrorHasAllReasons() throws Exception {
        guest.file("run/systemd/system/.keep", "");
        guest.program("systemctl", "case $1 in status) exit 3;; show) echo ActiveState=inactive;; *) echo no bus >&2; exit 1;; esac");
        guest.program("pm-is-supported", "exit 0").program("pm-hibernate", "echo hook failed; exit 128");
        guest.without("sys/power/disk").file("asleep", "0").file("var/log/pm-suspend.log", "");
        try (var tester = CommandTester.of(new SuspendHybrid(suspension()))) {
            guest.program("pm-suspend-hybrid", "echo hook failed; exit 128").file("sys/power/disk", "platform suspend\n");
            assertEquals(error("the machine could not be suspended to RAM and disk: systemd: systemctl ended with status 1: no bus; "
                    + "pm-utils: pm-suspend-hybrid ended with status 128: hook failed; " + folder + "/var/log/pm-suspend.log says more; "
                    + "kernel: " + folder + "/sys/power/disk says no mode: platform suspend"), tester.call("{}"));
        }
    }

    @Test
    void aProgramThatFailsAfterASleepDoesNotMakeTheMachineSleepAgain() throws Exception {
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "echo 61000 > $ROOT/asleep; exit 1");
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendRam(suspension))) {
            assertEquals("", tester.call("{}"));
        }
        assertEquals("freeze mem disk", guest.read("sys/power/state"));
        assertTrue(status(suspension).contains("\"strategy\": \"pm-utils\", \"slept-ms\": 61000"), status(suspension));
    }

    @Test
    void aProgramThatClaimsToHaveSuspendedIsNotBelieved() throws Exception {
        guest.file("sys/power/suspend_stats/success", "4\n");
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "exit 0");
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendRam(suspension))) {
            assertEquals("", tester.call("{}"));
        }
        assertTrue(status(suspension).contains("\"strategy\": \"kernel\""), status(suspension));
    }

    @Test
    void aSleepTooShortForTheClockIsSeenByTheKernelsCounter() throws Exception {
        guest.file("sys/power/suspend_stats/success", "4\n");
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "echo 5 > $ROOT/sys/power/suspend_stats/success; exit 1");
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendRam(suspension))) {
            assertEquals("", tester.call("{}"));
        }
        assertTrue(status(suspension).contains("\"strategy\": \"pm-utils\", \"slept-ms\": 0"), status(suspension));
    }

    @Test
    void whereAShortSleepWouldLeaveNoTraceAProgramIsBelieved() throws Exception {
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "exit 0").program("pm-suspend-hybrid", "exit 0");
        var suspension = suspension();
        try (var ram = CommandTester.of(new SuspendRam(suspension)); var hybrid = CommandTester.of(new SuspendHybrid(suspension))) {
            assertEquals("", ram.call("{}"));
            assertEquals("", hybrid.call("{}"));
        }
        assertEquals("freeze mem disk", guest.read("sys/power/state"));
        assertTrue(status(suspension).contains("\"target\": \"hybrid\", \"strategy\": \"pm-utils\", \"slept-ms\": 0"), status(suspension));
    }

    @Test
    void whatWokeTheMachineIsTold() throws Exception {
        guest.program("pm-is-supported", "exit 0");
        guest.program("pm-suspend", "echo 8 > $ROOT/sys/class/wakeup/wakeup0/event_count; echo 100 > $ROOT/asleep");
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendRam(suspension))) {
            assertEquals("", tester.call("{}"));
        }
        assertTrue(status(suspension).contains("\"woken-by\": [\"00:03\"]"), status(suspension));
    }

    @Test
    void theModeOfTheDiskIsWhatItWasAfterAHybridSleep() throws Exception {
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendHybrid(suspension))) {
            assertEquals("", tester.call("{}"));
        }
        assertEquals("disk", guest.read("sys/power/state"));
        // The call ends when the machine has woken, which may be seen before the mode is put back.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!guest.read("sys/power/disk").equals("platform") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals("platform", guest.read("sys/power/disk"));
    }
}
