package io.lodger.itests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import io.lodger.itests.Await;
import java.io.IOException;
import java.time.Duration;

/** What tests do with guests that sleep. */
final class Sleeping {

    /** How long a guest may take to fall asleep. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private Sleeping() {
    }

    /** Sleeps until the host wakes it, and answers in time. */
    static void suspendToRam(GuestMachine machine, AgentConnection host) throws Exception {
        host.send("guest-suspend-ram", "{}");
        machine.qmp().awaitEvent("SUSPEND", PATIENCE);
        wake(machine, host);
    }

    /** The same, and sees that it was this strategy that did it. */
    static void suspendToRamBy(String strategy, GuestMachine machine, AgentConnection host) throws Exception {
        suspendToRam(machine, host);
        assertSlept("mem", strategy, host);
    }

    /** The last sleep was to this target, by this strategy. */
    static void assertSlept(String target, String strategy, AgentConnection host) throws Exception {
        awaitNoted(target, host);
        assertEquals(strategy, last(host).get("strategy").getAsString());
    }

    /** A sleep that has left no trace is known only when its programs have ended. */
    static void awaitNoted(String target, AgentConnection host) throws Exception {
        Await.until("the sleep is noted", () -> {
            var status = host.call("lodger-suspend-status").getAsJsonObject();
            return status.has("last") && status.getAsJsonObject("last").get("target").getAsString().equals(target);
        });
    }

    /** Puts an executable script into the guest; its folder is made. */
    static void program(GuestMachine machine, String path, String script) throws IOException {
        machine.control().run("mkdir -p $(dirname " + path + ")").text();
        machine.control().write(path, "#!/bin/sh\n" + script + "\n");
        machine.control().run("chmod +x " + path).text();
    }

    /** Whether the machine has slept once more than the test awaited. */
    static boolean hasSleptUnasked(GuestMachine machine) {
        return machine.qmp().events().stream().anyMatch(event -> event.get("event").getAsString().equals("SUSPEND"));
    }

    static void wake(GuestMachine machine, AgentConnection host) throws Exception {
        machine.qmp().execute("system_wakeup");
        machine.qmp().awaitEvent("WAKEUP", PATIENCE);
        long woken = System.nanoTime();
        host.sync();
        System.err.println("the agent answered " + (System.nanoTime() - woken) / 1_000_000 + " ms after the machine was woken");
    }

    static JsonObject last(AgentConnection host) throws IOException {
        return host.call("lodger-suspend-status").getAsJsonObject().getAsJsonObject("last");
    }

    /** What must go on through every sleep: the boot, the agent, and a process that counts. */
    static final class Life {

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
