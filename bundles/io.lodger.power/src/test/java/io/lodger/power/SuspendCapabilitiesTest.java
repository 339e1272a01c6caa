package io.lodger.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import io.lodger.power.builtin.KernelStrategy;
import io.lodger.power.strategy.SuspendTarget;
import io.lodger.power.suspend.Suspension;
import io.lodger.power.suspend.TimedSuspension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspendCapabilitiesTest {

    @TempDir
    Path folder;
    private FakeGuest guest;

    @BeforeEach
    void makeGuest() {
        guest = new FakeGuest(folder);
    }

    private String capabilities() throws Exception {
        var suspension = new Suspension(guest::strategies, guest.witness());
        var timed = new TimedSuspension(suspension, folder, Duration.ZERO, Duration.ZERO);
        try (var tester = CommandTester.of(new SuspendCapabilities(suspension, timed))) {
            tester.checkSchema(Path.of("schema"));
            return tester.call("{}").replace(folder.toString(), "");
        }
    }

    private String disk() {
        return new KernelStrategy(folder).obstacle(SuspendTarget.DISK).orElse("").replace(folder.toString(), "");
    }

    @Test
    void eachTargetHasItsStrategyAndWhatSpeaksAgainstTheOthers() throws Exception {
        guest.program("pm-is-supported", "[ $1 = --suspend ]").program("pm-suspend", "").program("pm-hibernate", "");
        var systemd = "{\"strategy\": \"systemd\", \"reason\": \"systemd does not run here: there is no /run/systemd/system\"}";
        assertEquals("{\"return\": {"
                + "\"mem\": {\"supported\": true, \"strategy\": \"pm-utils\", \"obstacles\": [" + systemd + "]}, "
                + "\"disk\": {\"supported\": true, \"strategy\": \"kernel\", \"obstacles\": [" + systemd
                + ", {\"strategy\": \"pm-utils\", \"reason\": \"pm-is-supported --hibernate says no\"}]}, "
                + "\"hybrid\": {\"supported\": true, \"strategy\": \"kernel\", \"obstacles\": [" + systemd
                + ", {\"strategy\": \"pm-utils\", \"reason\": \"there is no pm-suspend-hybrid on the PATH\"}]}, "
                + "\"alarm\": {\"supported\": true}}}", capabilities());
    }

    @Test
    void anAlarmThatIsSetIsTold() throws Exception {
        guest.file("sys/class/rtc/rtc0/wakealarm", "1000900\n");
        assertTrue(capabilities().endsWith("\"alarm\": {\"supported\": true, \"set\": 1000900}}}"), capabilities());
        guest.without("sys/class/rtc/rtc0/wakealarm");
        assertTrue(capabilities().endsWith("\"alarm\": {\"supported\": false, \"reason\": \"the real-time clock has no alarm that wakes "
                + "the machine: there is no /sys/class/rtc/rtc0/wakealarm\"}}}"), capabilities());
    }

    @Test
    void nothingIsChanged() throws Exception {
        capabilities();
        assertEquals("freeze mem disk", guest.read("sys/power/state"));
        assertEquals("[platform] shutdown reboot suspend test_resume", guest.read("sys/power/disk"));
        assertEquals("", guest.read("sys/class/rtc/rtc0/wakealarm"));
    }

    @Test
    void whatKeepsTheMachineFromBeingSuspendedToDiskIsNamed() {
        assertEquals("", disk());
        guest.file("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n"
                + "/dev/vdc partition 600000 590000 -2\n/dev/zram0 partition 900000 0 5\n");
        assertEquals("the swap is too small: 10000 KiB are free and 20000 KiB are needed (Active(anon) of /proc/meminfo)", disk());
        guest.file("proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n");
        assertEquals("no swap is in use that the memory could be written to (/proc/swaps)", disk());
        guest.file("sys/power/state", "freeze mem\n");
        assertEquals("/sys/power/state has no disk, only: freeze mem", disk());
        guest.file("proc/cmdline", "quiet nohibernate\n");
        assertEquals("the kernel was started with nohibernate", disk());
        guest.file("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
        assertEquals("the kernel is locked down [integrity], which forbids to suspend to disk", disk());
        guest.without("sys/power/state");
        assertEquals("there is no /sys/power/state: the kernel can't suspend at all", disk());
    }

    @Test
    void withoutAPlaceToResumeFromTheDiskIsNoTarget() {
        guest.file("sys/power/resume", "0:0\n");
        assertEquals("nothing says where to resume from: no resume= on the kernel's command line, and /sys/power/resume is 0:0", disk());
        guest.file("proc/cmdline", "quiet resume=/dev/vdc\n");
        assertEquals("", disk());
        guest.file("proc/cmdline", "quiet\n").file("etc/initramfs-tools/initramfs.conf", "");
        assertEquals("", disk());
    }

    @Test
    void bothAtOnceNeedsAModeOfTheKernel() {
        guest.file("sys/power/disk", "[platform] shutdown reboot\n");
        assertEquals(Optional.of("the kernel can't keep the state in RAM and on disk: " + folder + "/sys/power/disk has no suspend"),
                new KernelStrategy(folder).obstacle(SuspendTarget.HYBRID));
    }
}
