package io.lodger.itests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Await;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The power commands in guests where something is wrong, and the end of guests. How they sleep is in {@link SleepGuestTest}. */
@Execution(ExecutionMode.CONCURRENT)
class PowerGuestTest {

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
    void eachStrategyThatFailsIsFollowedByTheNextAndAtLastByAllReasons(@Guest(image = Image.PM_UTILS) GuestMachine machine)
            throws Exception {
        // A systemd that refuses, beside the real pm-utils and the real kernel.
        machine.control().run("""
                mkdir -p /run/systemd/system
                cat > /usr/local/bin/systemctl <<'END'
                #!/bin/sh
                case $1 in status) exit 3;; show) echo ActiveState=inactive;; *) echo the bus is gone >&2; exit 1;; esac
                END
                chmod +x /usr/local/bin/systemctl
                """).text();
        try (var host = machine.connect()) {
            host.sync();
            Sleeping.suspendToRam(machine, host);
            assertEquals("pm-utils", Sleeping.last(host).get("strategy").getAsString());
            hook(machine, "00refuse", "exit 1");
            Sleeping.suspendToRam(machine, host);
            assertEquals("kernel", Sleeping.last(host).get("strategy").getAsString());
            machine.control().run("busybox mount -t tmpfs none /sys/power").text();
            var reasons = error(host, "guest-suspend-ram", "{}");
            for (var strategy : List.of("systemd: ", "pm-utils: ", "kernel: ")) {
                assertTrue(reasons.contains(strategy), reasons);
            }
            assertEquals("{}", host.call("guest-ping").toString());
        }
    }

    @Test
    void aHookThatFailsAfterTheSleepDoesNotMakeItSleepTwice(@Guest(image = Image.PM_UTILS) GuestMachine machine) throws Exception {
        hook(machine, "99fail", "case $1 in resume) exit 127;; esac");
        try (var host = machine.connect()) {
            host.sync();
            Sleeping.suspendToRam(machine, host);
            assertEquals("pm-utils", Sleeping.last(host).get("strategy").getAsString());
            Await.until("the hooks have ended", () -> machine.console().contains("pm-utils failed after the machine had slept"));
            assertEquals("{}", host.call("guest-ping").toString());
            assertTrue(machine.qmp().events().stream().noneMatch(event -> event.get("event").getAsString().equals("SUSPEND")));
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

    private static void hook(GuestMachine machine, String name, String script) throws IOException {
        machine.control().run("mkdir -p /etc/pm/sleep.d").text();
        machine.control().write("/etc/pm/sleep.d/" + name, "#!/bin/sh\n" + script + "\n");
        machine.control().run("chmod +x /etc/pm/sleep.d/" + name).text();
    }

    private static String error(AgentConnection host, String command, String arguments) throws IOException {
        return host.ask(command, arguments).getAsJsonObject("error").get("desc").getAsString();
    }
}
