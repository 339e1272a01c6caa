package io.lodger.itests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lodger.itests.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machines that really sleep and wake: the same boot, the same processes, and an agent that goes on as if nothing had been. */
class PowerGuestTest {

    private static final Duration SLEEP = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final int CYCLES = 10;

    @Test
    void theTinyGuestSuspendsToRamTenTimesInARow(@Guest GuestMachine machine) throws Exception {
        suspendToRamTenTimes(machine, "kernel");
    }

    @Test
    void theGuestWithPmUtilsSuspendsToRamTenTimesInARow(@Guest(image = Image.PM_UTILS) GuestMachine machine) throws Exception {
        completePmUtils(machine);
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
        completePmUtils(machine);
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
    void aGuestWithSystemdThatSleepsForAMinuteIsWokenByItsClock(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        sleepForAMinute(machine);
    }

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
        completePmUtils(machine);
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
            suspendToRam(machine, host);
            assertEquals("pm-utils", last(host).get("strategy").getAsString());
            hook(machine, "00refuse", "exit 1");
            suspendToRam(machine, host);
            assertEquals("kernel", last(host).get("strategy").getAsString());
            machine.control().run("mount -t tmpfs none /sys/power").text();
            var reasons = error(host, "guest-suspend-ram", "{}");
            for (var strategy : List.of("systemd: ", "pm-utils: ", "kernel: ")) {
                assertTrue(reasons.contains(strategy), reasons);
            }
            assertEquals("{}", host.call("guest-ping").toString());
        }
    }

    @Test
    void aHookThatFailsAfterTheSleepDoesNotMakeItSleepTwice(@Guest(image = Image.PM_UTILS) GuestMachine machine) throws Exception {
        completePmUtils(machine);
        hook(machine, "99fail", "case $1 in resume) exit 127;; esac");
        try (var host = machine.connect()) {
            host.sync();
            suspendToRam(machine, host);
            assertEquals("pm-utils", last(host).get("strategy").getAsString());
            Await.until("the hooks have ended", () -> machine.console().contains("pm-utils failed after the machine had slept"));
            assertEquals("{}", host.call("guest-ping").toString());
            assertTrue(machine.qmp().events().stream().noneMatch(event -> event.get("event").getAsString().equals("SUSPEND")));
        }
    }

    @Test
    void shutdownPowersTheGuestDown(@Guest GuestMachine machine) throws Exception {
        try (var host = machine.connect()) {
            host.sync().send("guest-shutdown", "{}");
            machine.qmp().awaitEvent("SHUTDOWN", SLEEP);
            machine.awaitEnd(SLEEP);
        }
    }

    @Test
    void shutdownReboots(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        try (var host = machine.connect()) {
            host.sync().send("guest-shutdown", "{'mode': 'reboot'}");
            machine.qmp().awaitEvent("RESET", SLEEP);
        }
    }

    /** One of its hooks runs free(1), and without that program pm-utils refuses to suspend. */
    private static void completePmUtils(GuestMachine machine) throws IOException {
        machine.control().run("command -v free || ln -s $(command -v busybox) /usr/bin/free").text();
    }

    private static void hook(GuestMachine machine, String name, String script) throws IOException {
        machine.control().run("mkdir -p /etc/pm/sleep.d").text();
        machine.control().write("/etc/pm/sleep.d/" + name, "#!/bin/sh\n" + script + "\n");
        machine.control().run("chmod +x /etc/pm/sleep.d/" + name).text();
    }

    private static void suspendToRamTenTimes(GuestMachine machine, String strategy) throws Exception {
        var life = new Life(machine);
        try (var host = machine.connect()) {
            host.sync();
            for (int i = 0; i < CYCLES; i++) {
                suspendToRam(machine, host);
                assertEquals(strategy, last(host).get("strategy").getAsString());
            }
        }
        life.assertGoesOn();
    }

    /** Sleeps until the host wakes it, and answers in time. */
    private static void suspendToRam(GuestMachine machine, AgentConnection host) throws Exception {
        host.send("guest-suspend-ram", "{}");
        machine.qmp().awaitEvent("SUSPEND", SLEEP);
        wake(machine, host);
    }

    private static void wake(GuestMachine machine, AgentConnection host) throws Exception {
        machine.qmp().execute("system_wakeup");
        machine.qmp().awaitEvent("WAKEUP", SLEEP);
        long woken = System.nanoTime();
        host.sync();
        var took = Duration.ofNanos(System.nanoTime() - woken);
        assertTrue(took.compareTo(ANSWER) < 0, "it answered " + took + " after it was woken");
    }

    private static void comeBackFromDiskAndFromBoth(GuestMachine machine, String strategy) throws Exception {
        var life = new Life(machine);
        try (var host = machine.connect()) {
            host.sync().send("guest-suspend-disk", "{}");
            machine.qmp().awaitEvent("SUSPEND_DISK", SLEEP);
            machine.awaitEnd(SLEEP);
        }
        machine.restart();
        life.assertGoesOn();
        try (var host = machine.connect()) {
            host.sync();
            assertEquals(strategy, last(host).get("strategy").getAsString());
            assertEquals("disk", last(host).get("target").getAsString());
            host.send("guest-suspend-hybrid", "{}");
            machine.qmp().awaitEvent("SUSPEND", SLEEP);
            wake(machine, host);
            assertEquals(strategy, last(host).get("strategy").getAsString());
            assertEquals("hybrid", last(host).get("target").getAsString());
        }
        life.assertGoesOn();
    }

    private static void sleepForAMinute(GuestMachine machine) throws Exception {
        try (var host = machine.connect()) {
            host.sync();
            assertTrue(host.call("lodger-suspend-for", "{'target': 'mem', 'duration': 60}").getAsJsonObject().has("wake-time"));
            long answered = System.nanoTime();
            machine.qmp().awaitEvent("SUSPEND", Duration.ofSeconds(50));
            machine.qmp().awaitEvent("WAKEUP", SLEEP);
            var took = Duration.ofNanos(System.nanoTime() - answered);
            assertTrue(took.toMillis() >= 59_000 && took.toMillis() <= 65_000, "it was woken " + took + " after the reply");
            host.sync();
            Await.until("it is noted", () -> host.call("lodger-suspend-status").getAsJsonObject().has("last"));
            var last = last(host);
            assertEquals(60, last.get("duration").getAsLong());
            assertTrue(last.get("slept-ms").getAsLong() > 30_000, last.toString());
            assertEquals("", machine.control().run("cat /sys/class/rtc/rtc0/wakealarm").text());
        }
    }

    private static JsonObject last(AgentConnection host) throws IOException {
        return host.call("lodger-suspend-status").getAsJsonObject().getAsJsonObject("last");
    }

    private static String error(AgentConnection host, String command, String arguments) throws IOException {
        return host.ask(command, arguments).getAsJsonObject("error").get("desc").getAsString();
    }

    /** What must go on through every sleep: the boot, the agent, and a process that counts. */
    private static final class Life {

        private final GuestMachine machine;
        private final String before;

        Life(GuestMachine machine) throws IOException {
            this.machine = machine;
            machine.control().write("/run/count.sh",
                    "i=0; while :; do i=$((i + 1)); echo $i > /run/counter.new; mv /run/counter.new /run/counter; sleep 0.1; done\n");
            machine.control().run("setsid sh /run/count.sh > /dev/null 2>&1 & echo $! > /run/counter.pid").text();
            before = facts();
        }

        private String facts() throws IOException {
            return machine.control().run("cat /proc/sys/kernel/random/boot_id /run/agent.pid /run/counter.pid").text();
        }

        void assertGoesOn() throws IOException {
            assertEquals(before, facts());
            machine.control().run("n=$(cat /run/counter); until [ $(cat /run/counter) -gt $n ]; do sleep 0.05; done").text();
        }
    }
}
