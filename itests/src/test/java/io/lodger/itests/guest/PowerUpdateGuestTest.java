package io.lodger.itests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import io.lodger.itests.FixtureBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Another version of the power bundle takes over: between two sleeps, and while a sleep is about to begin. */
@Execution(ExecutionMode.CONCURRENT)
class PowerUpdateGuestTest {

    private static final String VERSION = "99.0.0";
    /** More than the buffers of a serial line take; those of a virtio-serial port hold MiBs. */
    private static final int LARGE = 300_000;
    private static final String SUSPEND_FOR = "{'target': 'mem', 'duration': 60}";

    /** A hook, of systemd or of pm-utils, that keeps the machine from falling asleep. */
    private static final String HOLD = "case $1 in pre|suspend) touch /run/held; until [ -e /run/go ]; do sleep 0.1; done;; esac";

    @TempDir
    private Path folder;

    @Test
    void theTinyGuestGivesUpASleepWhoseReplyIsUnread(@Guest GuestMachine machine) throws Exception {
        allowUnsignedBundles(machine);
        try (var host = machine.connect(); var slow = machine.connectSerial()) {
            host.sync();
            sleepWithEachVersion(machine, host, "kernel");
            slow.sync();
            var large = "x".repeat(LARGE);
            slow.host().send("{\"execute\": \"guest-ping\", \"id\": \"" + large + "\"}\n");
            slow.send("lodger-suspend-for", SUSPEND_FOR);
            Await.until("it is pending", () -> status(host).startsWith("{\"pending\""));
            assertFalse(alarm(machine).isEmpty());
            update(machine, host);
            assertGivenUp(machine, host);
            assertEquals("{\"return\": {}, \"id\": \"" + large + "\"}", slow.host().line());
            assertTrue(slow.host().line().contains("wake-time"));
            assertEquals("{}", slow.call("lodger-suspend-status").toString());
            assertGivenUp(machine, host);
            Sleeping.suspendToRamBy("kernel", machine, host);
        }
    }

    @Test
    void theGuestWithPmUtilsGivesUpASleepWhoseHooksRun(@Guest(image = Image.PM_UTILS) GuestMachine machine) throws Exception {
        giveUpWhileHooksRun(machine, "pm-utils", "/etc/pm/sleep.d/00hold");
    }

    @Test
    void theGuestWithSystemdGivesUpASleepWhoseHooksRun(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        giveUpWhileHooksRun(machine, "systemd", "/lib/systemd/system-sleep/00hold");
    }

    private void giveUpWhileHooksRun(GuestMachine machine, String strategy, String hook) throws Exception {
        allowUnsignedBundles(machine);
        try (var host = machine.connect()) {
            host.sync();
            sleepWithEachVersion(machine, host, strategy);
            Sleeping.program(machine, hook, HOLD);
            host.call("lodger-suspend-for", SUSPEND_FOR);
            machine.control().await("[ -e /run/held ]");
            assertTrue(status(host).startsWith("{\"pending\""));
            assertFalse(alarm(machine).isEmpty());
            update(machine, host);
            assertGivenUp(machine, host);
            machine.control().await("! pgrep -f '[0]0hold'");
            machine.control().run("touch /run/go").text();
            assertGivenUp(machine, host);
            Sleeping.suspendToRamBy(strategy, machine, host);
            assertFalse(Sleeping.hasSleptUnasked(machine));
        }
    }

    /** Sleeps, sleeps with a newer version, and puts the first one back. */
    private void sleepWithEachVersion(GuestMachine machine, AgentConnection host, String strategy) throws Exception {
        Sleeping.suspendToRamBy(strategy, machine, host);
        update(machine, host);
        assertEquals("{}", status(host), "the newer version knows nothing of the older one's sleep");
        Sleeping.suspendToRamBy(strategy, machine, host);
        host.call("lodger-bundle-uninstall", "{'symbolic-name': 'io.lodger.power'}");
        assertEquals("{}", status(host));
    }

    private static void assertGivenUp(GuestMachine machine, AgentConnection host) throws IOException {
        assertEquals("{}", status(host));
        assertEquals("", alarm(machine));
        assertFalse(Sleeping.hasSleptUnasked(machine));
    }

    /** The newer version takes over from the one of the distribution. */
    private void update(GuestMachine machine, AgentConnection host) throws Exception {
        var jar = "/run/io.lodger.power.jar";
        machine.control().write(jar, Files.readAllBytes(FixtureBundle.raised(power(), folder, VERSION)));
        var facts = host.call("lodger-bundle-install", "{'path': '" + jar + "'}").toString();
        assertTrue(facts.contains(VERSION) && facts.contains("guest-suspend-ram"), facts);
    }

    private static Path power() throws IOException {
        try (var files = Files.list(Distribution.home().resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("io.lodger.power-")).findFirst().orElseThrow();
        }
    }

    private static void allowUnsignedBundles(GuestMachine machine) throws IOException {
        machine.control().run("(cat /payload/lodger.conf; printf 'require-signature=false\\n[channel serial]\\nmethod=isa-serial\\n"
                + "path=/dev/ttyS1\\n') >/run/lodger.conf").text();
        machine.restartAgent();
        // Until then the line gives back what it is sent.
        machine.control().await("stty -F /dev/ttyS1 | grep -q -e -icanon");
    }

    private static String status(AgentConnection host) throws IOException {
        return host.call("lodger-suspend-status").toString();
    }

    private static String alarm(GuestMachine machine) throws IOException {
        return machine.control().run("cat /sys/class/rtc/rtc0/wakealarm").text();
    }
}
