package io.lodger.itests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Await;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The power commands in guests where something is wrong, and the end of guests. How they sleep is in {@link SleepGuestTest}. */
@Execution(ExecutionMode.CONCURRENT)
class PowerGuestTest {

    /** The kernel's Documentation/fault-injection/notifier-error-inject.rst. */
    private static final String KERNEL_ERROR = "/sys/kernel/debug/notifier-error-inject/pm/actions/PM_SUSPEND_PREPARE/error";
    private static final String KERNEL_REASON = "kernel: writing mem to /sys/power/state failed: Device or resource busy";

    @Test
    void whatCanNotBeIsRefusedAndChangesNothing(@Guest GuestMachine machine) throws Exception {
        try (var host = machine.connect()) {
            host.sync();
            assertTrue(error(host, "lodger-suspend-for", "{'target': 'mem', 'duration': 59}").contains("at least 60 s"));
            machine.control().run("echo +500 > /sys/class/rtc/rtc0/wakealarm").text();
            var alarm = machine.control().run("cat /sys/class/rtc/rtc0/wakealarm").text();
            assertTrue(error(host, "lodger-suspend-for", "{'target': 'mem', 'duration': 60}").contains("has an alarm already"));
            assertEquals(alarm, machine.control().run("cat /sys/class/rtc/rtc0/wakealarm").text());
            machine.control().run("echo 0 > /sys/class/rtc/rtc0/wakealarm").text();
            assertTrue(error(host, "lodger-suspend-for", "{'target': 'mem', 'duration': 100000000}").contains("wakealarm"));
            assertEquals("", machine.control().run("cat /sys/class/rtc/rtc0/wakealarm").text());
            assertEquals("{}", host.call("lodger-suspend-status").toString());
        }
    }

    @Test
    void eachStrategyThatFailsIsFollowedByTheNextAndAtLastByAllReasons(@Guest(image = Image.SYSTEMD) GuestMachine machine)
            throws Exception {
        try (var host = machine.connect()) {
            host.sync();
            Sleeping.suspendToRamBy("systemd", machine, host);
            machine.control().write("/etc/systemd/sleep.conf", "[Sleep]\nAllowSuspend=no\n");
            Sleeping.suspendToRamBy("pm-utils", machine, host);
            Sleeping.program(machine, "/etc/pm/sleep.d/00refuse", "exit 1");
            Sleeping.suspendToRamBy("kernel", machine, host);
            // From here on the kernel says EBUSY to whoever wants to suspend.
            machine.control().run("modprobe pm-notifier-error-inject && echo -16 >" + KERNEL_ERROR).text();
            assertReasons(machine, host, "systemd: systemctl ended with status 1: ", "pm-utils: pm-suspend ended with status 1; ",
                    KERNEL_REASON);
            machine.control().run("rm /etc/systemd/sleep.conf /etc/pm/sleep.d/00refuse").text();
            assertReasons(machine, host, "systemd: systemd-suspend.service failed with the result exit-code; ",
                    "pm-utils: pm-suspend ended with status 128; ", KERNEL_REASON);
            assertFalse(Sleeping.hasSleptUnasked(machine));
            machine.control().run("echo 0 >" + KERNEL_ERROR).text();
            Sleeping.suspendToRamBy("systemd", machine, host);
        }
    }

    @Test
    void aHookThatFailsAfterTheSleepDoesNotMakeItSleepTwice(@Guest(image = Image.PM_UTILS) GuestMachine machine) throws Exception {
        Sleeping.program(machine, "/etc/pm/sleep.d/99fail", "case $1 in resume) exit 127;; esac");
        try (var host = machine.connect()) {
            host.sync();
            Sleeping.suspendToRamBy("pm-utils", machine, host);
            Await.until("the hooks have ended", () -> machine.console().contains("pm-utils failed after the machine had slept"));
            assertEquals("{}", host.call("guest-ping").toString());
            assertFalse(Sleeping.hasSleptUnasked(machine));
        }
    }

    @Test
    void shutdownPowersTheGuestDown(@Guest GuestMachine machine) throws Exception {
        try (var host = machine.connect()) {
            host.sync().send("guest-shutdown", "{}");
            machine.qmp().awaitEvent("SHUTDOWN", Sleeping.PATIENCE);
            machine.awaitEnd(Sleeping.PATIENCE);
        }
    }

    @Test
    void shutdownReboots(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        try (var host = machine.connect()) {
            host.sync().send("guest-shutdown", "{'mode': 'reboot'}");
            machine.qmp().awaitEvent("RESET", Sleeping.PATIENCE);
        }
    }

    /** The hooks of pm-utils take longer under emulation than a host waits for an answer. */
    private static void assertReasons(GuestMachine machine, AgentConnection host, String... reasons) throws Exception {
        int before = machine.console().length();
        host.send("guest-suspend-ram", "{}");
        Await.until("all have failed", Sleeping.PATIENCE, () -> machine.console().indexOf("came to nothing", before) >= 0);
        var reply = host.host().line();
        assertTrue(reply.startsWith("{\"error\": "), reply);
        for (var reason : reasons) {
            assertTrue(reply.contains(reason), reply);
        }
    }

    private static String error(AgentConnection host, String command, String arguments) throws IOException {
        return host.ask(command, arguments).getAsJsonObject("error").get("desc").getAsString();
    }
}
