package io.lodger.power.suspend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import io.lodger.power.FakeGuest;
import io.lodger.power.SuspendFor;
import io.lodger.power.SuspendRam;
import io.lodger.power.SuspendStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspendForTest {

    private static final Path SCHEMA = Path.of("schema");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SIXTY = "{'target': 'mem', 'duration': 60}";

    @TempDir
    Path folder;
    private FakeGuest guest;
    private Suspension suspension;
    private TimedSuspension timed;

    @BeforeEach
    void makeGuest() {
        guest = new FakeGuest(folder);
        suspension = new Suspension(guest::strategies, guest.witness());
        timed = new TimedSuspension(suspension, folder, PATIENCE, Duration.ZERO);
    }

    private CommandTester tester() {
        return CommandTester.of(new SuspendFor(timed));
    }

    /** Sets the alarm, and waits until it is known what has become of it. */
    private void askForAMinute() throws Exception {
        try (var tester = tester()) {
            assertEquals("{\"return\": {\"wake-time\": 1000061}}", tester.call(SIXTY));
            await(() -> suspension.last().isPresent() && timed.pending().isEmpty());
            tester.checkSchema(SCHEMA);
        }
    }

    private String status() throws Exception {
        try (var tester = CommandTester.of(new SuspendStatus(suspension, timed))) {
            tester.checkSchema(SCHEMA);
            return tester.call("{}");
        }
    }

    private static String error(String text) {
        return "{\"error\": {\"class\": \"GenericError\", \"desc\": \"" + text + "\"}}";
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it did not come to pass");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private String alarm() {
        return guest.read("sys/class/rtc/rtc0/wakealarm");
    }

    @Test
    void theAlarmIsSetTheReplySentAndThenTheMachineSleeps() throws Exception {
        guest.program("pm-is-supported", "exit 0");
        guest.program("pm-suspend", "cp $ROOT/sys/class/rtc/rtc0/wakealarm $ROOT/seen; echo 60500 > $ROOT/asleep");
        askForAMinute();
        assertEquals("1000061", guest.read("seen"));
        assertEquals("0", alarm());
        assertEquals("{\"return\": {\"last\": {\"target\": \"mem\", \"duration\": 60, \"strategy\": \"pm-utils\", \"slept-ms\": 60500}}}",
                status());
    }

    @Test
    void aSecondOneIsRefusedWhileOneIsPendingAndSoIsEveryOtherSuspend() throws Exception {
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "exec sleep 1000");
        try (var tester = tester(); var ram = CommandTester.of(new SuspendRam(suspension))) {
            tester.call(SIXTY);
            var refusal = error("a lodger-suspend-for is pending: the machine is about to sleep for 60 s");
            assertEquals(refusal, tester.call("{'target': 'disk', 'duration': 100}"));
            assertEquals(refusal, ram.call("{}"));
            assertEquals("1000061", alarm());
            assertEquals("{\"return\": {\"pending\": {\"target\": \"mem\", \"duration\": 60, \"wake-time\": 1000061}}}", status());
            await(() -> guest.calls().contains("pm-suspend"));
            guest.file("asleep", "100");
            await(() -> timed.pending().isEmpty());
            timed.deactivate();
        }
    }

    @Test
    void theBundlesEndCancelsWhatIsPendingAndTakesTheAlarmBack() throws Exception {
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "exec sleep 1000");
        try (var tester = tester()) {
            tester.call(SIXTY);
            await(() -> guest.calls().contains("pm-suspend"));
            timed.deactivate();
            assertEquals("0", alarm());
            assertEquals(error("the bundle io.lodger.power was stopped or updated; ask again"), tester.call(SIXTY));
        }
        assertEquals("freeze mem disk", guest.read("sys/power/state"));
    }

    @Test
    void whenTheSuspendFailsTheAlarmIsTakenBackAndTheStatusTellsWhy() throws Exception {
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "rm $ROOT/sys/power/state; exit 1");
        askForAMinute();
        assertEquals("0", alarm());
        assertEquals("{\"return\": {\"last\": {\"target\": \"mem\", \"duration\": 60, "
                + "\"error\": \"the machine could not be suspended to RAM: "
                + "systemd: systemd does not run here: there is no " + folder + "/run/systemd/system; "
                + "pm-utils: pm-suspend ended with status 1; "
                + "kernel: there is no " + folder + "/sys/power/state: the kernel can't suspend at all\"}}}", status());
    }

    @Test
    void aShortDurationIsRefused() throws Exception {
        try (var tester = tester()) {
            assertEquals(error("Parameter 'duration' is 59 s, and at least 60 s are needed, so that the machine is asleep before its "
                    + "alarm rings"), tester.call("{'target': 'mem', 'duration': 59}"));
            assertEquals(error("Parameter 'target' does not accept value 'ram'"), tester.call("{'target': 'ram', 'duration': 60}"));
            assertEquals("", alarm());
        }
    }

    @Test
    void aMachineWithoutAClockOrAlarmSaysSo() throws Exception {
        guest.without("sys/class/rtc/rtc0/wakealarm");
        try (var tester = tester()) {
            assertEquals(error("the real-time clock has no alarm that wakes the machine: there is no " + folder
                    + "/sys/class/rtc/rtc0/wakealarm"), tester.call(SIXTY));
            guest.without("sys/class/rtc/rtc0/since_epoch").without("sys/class/rtc/rtc0");
            assertEquals(error("the machine has no real-time clock: there is no " + folder + "/sys/class/rtc/rtc0"), tester.call(SIXTY));
        }
    }

    @Test
    void somebodyElsesAlarmIsKeptUnlessForced() throws Exception {
        guest.file("sys/class/rtc/rtc0/wakealarm", "1000900\n");
        try (var tester = tester()) {
            assertEquals(error("the real-time clock has an alarm already, which rings in 900 s; \\\"force\\\": true replaces it"),
                    tester.call(SIXTY));
            assertEquals("1000900", alarm());
            assertEquals("{\"return\": {\"wake-time\": 1000061, \"replaced-alarm\": 1000900}}",
                    tester.call("{'target': 'mem', 'duration': 60, 'force': true}"));
            await(() -> suspension.last().isPresent() && timed.pending().isEmpty());
        }
    }

    @Test
    void aTargetThatIsNotSupportedIsRefusedBeforeAnythingIsSet() throws Exception {
        guest.file("sys/power/state", "freeze\n");
        try (var tester = tester()) {
            assertTrue(tester.call(SIXTY).contains("the requested suspend mode is not supported by the guest: systemd: "));
            assertEquals("", alarm());
            assertEquals("{\"return\": {}}", status());
        }
    }

    @Test
    void anAlarmThatTheClockDoesNotKeepIsReported() throws Exception {
        guest.without("sys/class/rtc/rtc0/wakealarm");
        Files.createSymbolicLink(folder.resolve("sys/class/rtc/rtc0/wakealarm"), Path.of("/dev/null"));
        try (var tester = tester()) {
            assertEquals(error("the real-time clock was given the alarm 1000061 and has none; it may not reach that far ahead"),
                    tester.call(SIXTY));
            assertEquals("{\"return\": {}}", status());
        }
    }

    @Test
    void aMachineThatIsNotAsleepInTimeForItsAlarmStaysAwake() throws Exception {
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "exec sleep 1000");
        timed = new TimedSuspension(suspension, folder, PATIENCE, Duration.ofSeconds(59));
        assertStaysAwake("it was not asleep in time for its alarm to wake it");
    }

    @Test
    void aReplyThatLeavesTooLateKeepsTheMachineAwake() throws Exception {
        timed = new TimedSuspension(suspension, folder, Duration.ZERO, Duration.ZERO);
        assertStaysAwake("the host took the reply too late");
    }

    private void assertStaysAwake(String why) throws Exception {
        askForAMinute();
        assertEquals("0", alarm());
        assertTrue(status().contains(why), status());
        assertEquals("freeze mem disk", guest.read("sys/power/state"));
    }
}
