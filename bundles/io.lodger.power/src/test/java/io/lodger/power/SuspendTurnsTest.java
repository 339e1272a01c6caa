package io.lodger.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import io.lodger.power.builtin.KernelStrategy;
import io.lodger.power.builtin.SystemdStrategy;
import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import io.lodger.power.suspend.Suspension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several suspends, at once and one after the other. */
class SuspendTurnsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    @Test
    void theCallIsOverWhenTheMachineWakesAndTheNextOneWaitsForTheHooks() throws Exception {
        guest.program("pm-is-supported", "exit 0");
        guest.program("pm-suspend", "echo $(($(cat $ROOT/asleep) + 100)) > $ROOT/asleep; mkfifo $ROOT/hook; cat $ROOT/hook; rm $ROOT/hook");
        var suspension = suspension();
        try (var first = CommandTester.of(new SuspendRam(suspension)); var second = CommandTester.of(new SuspendRam(suspension))) {
            assertEquals("", first.call("{}"));
            second.start("{}");
            guest.program("release", ": > $ROOT/hook");
            new ProcessBuilder(folder.resolve("bin/release").toString()).start().waitFor();
            assertEquals("", second.reply());
            new ProcessBuilder(folder.resolve("bin/release").toString()).start().waitFor();
        }
        assertEquals(List.of("pm-is-supported --suspend", "pm-suspend", "release", "pm-is-supported --suspend", "pm-suspend", "release"),
                guest.calls());
    }

    @Test
    void twoDoNotSuspendAtOnceAndACancelledOneEndsItsProgram() throws Exception {
        var entered = new CountDownLatch(1);
        var strategies = List.<SuspendStrategy>of(new Waiting(entered), new KernelStrategy(folder));
        var suspension = new Suspension(() -> strategies, guest.witness());
        try (var first = CommandTester.of(new SuspendRam(suspension)); var second = CommandTester.of(new SuspendDisk(suspension))) {
            first.start("{}");
            entered.await();
            assertEquals(error("the machine is being suspended already, asked for on another channel"), second.call("{}"));
            first.takeAway();
            assertEquals(error("The command guest-suspend-ram was taken away while it ran"), first.reply());
        }
        assertEquals("freeze mem disk", guest.read("sys/power/state"));
    }

    @Test
    void whoCancelsAfterTheSleepDisturbsNothing() throws Exception {
        guest.program("pm-is-supported", "exit 0");
        guest.program("pm-suspend", "echo 100 > $ROOT/asleep; mkfifo $ROOT/hook; cat $ROOT/hook; echo > $ROOT/ended");
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendRam(suspension))) {
            assertEquals("", tester.call("{}"));
            var release = new ProcessBuilder("sh", "-c", ": > " + folder + "/hook").start();
            tester.takeAway();
            release.waitFor();
            try (var next = CommandTester.of(new SuspendRam(suspension))) {
                guest.program("pm-suspend", "echo 200 > $ROOT/asleep");
                assertEquals("", next.call("{}"));
            }
        }
        assertTrue(Files.exists(folder.resolve("ended")), "the hook of the first suspend came to its end");
    }

    @Test
    void whatSystemdWasAskedForIsTakenBackAlsoWhenItHasNotBegun() throws Exception {
        guest.file("run/systemd/system/.keep", "");
        // The service begins when it has been looked at a few times, and ends when it is killed.
        guest.program("systemctl", """
                case $1 in
                  status) exit 3;;
                  show) [ $(grep -c show $ROOT/calls) -lt 5 ] || [ -e $ROOT/killed ] || echo ActiveState=activating;;
                  kill) : > $ROOT/killed;;
                esac""");
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "echo 100 > $ROOT/asleep");
        var strategies = List.of(new SystemdStrategy(folder, guest.path(), guest.witness(), PATIENCE), guest.pmUtils());
        var suspension = new Suspension(() -> strategies, guest.witness());
        try (var tester = CommandTester.of(new SuspendRam(suspension))) {
            tester.start("{}");
            awaitCall("systemctl suspend");
            tester.takeAway();
            assertEquals(error("The command guest-suspend-ram was taken away while it ran"), tester.reply());
        }
        awaitCall("systemctl kill systemd-suspend.service");
        guest.program("systemctl", "exit 4");
        try (var next = CommandTester.of(new SuspendRam(suspension))) {
            // Refused for as long as it isn't taken back.
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (var reply = next.call("{}"); !reply.isEmpty(); reply = next.call("{}")) {
                assertTrue(System.nanoTime() < deadline, reply);
            }
        }
        assertEquals(1, guest.calls().stream().filter("pm-suspend"::equals).count(), guest.calls().toString());
    }

    private void awaitCall(String call) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!guest.calls().contains(call)) {
            assertTrue(System.nanoTime() < deadline, guest.calls().toString());
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Never suspends. */
    private record Waiting(CountDownLatch entered) implements SuspendStrategy {

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public Optional<String> obstacle(SuspendTarget target) {
            return Optional.empty();
        }

        @Override
        public void suspend(SuspendTarget target) throws InterruptedException {
            entered.countDown();
            new CountDownLatch(1).await();
        }
    }
}
