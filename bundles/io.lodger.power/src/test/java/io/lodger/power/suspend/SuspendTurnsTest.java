package io.lodger.power.suspend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import io.lodger.power.FakeGuest;
import io.lodger.power.SuspendDisk;
import io.lodger.power.SuspendHybrid;
import io.lodger.power.SuspendRam;
import io.lodger.power.builtin.KernelStrategy;
import io.lodger.power.builtin.SystemdStrategy;
import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
    void twoDoNotSuspendAtOnceAndTheBundlesEndEndsTheProgram() throws Exception {
        var entered = new CountDownLatch(1);
        var strategies = List.<SuspendStrategy>of(new Waiting(entered), new KernelStrategy(folder));
        var suspension = new Suspension(() -> strategies, guest.witness());
        try (var first = CommandTester.of(new SuspendRam(suspension)); var second = CommandTester.of(new SuspendDisk(suspension))) {
            first.start("{}");
            entered.await();
            assertEquals(error("the machine is being suspended already, asked for on another channel"), second.call("{}"));
            assertTrue(suspension.close(), "it ended");
            assertEquals(error("it was cancelled"), first.reply());
        }
        assertEquals("freeze mem disk", guest.read("sys/power/state"));
    }

    @Test
    void theBundlesEndAfterTheSleepLetsTheHooksRun() throws Exception {
        guest.program("pm-is-supported", "exit 0");
        guest.program("pm-suspend", "echo 100 > $ROOT/asleep; mkfifo $ROOT/hook; cat $ROOT/hook; echo > $ROOT/ended");
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendRam(suspension))) {
            assertEquals("", tester.call("{}"));
            var release = new ProcessBuilder("sh", "-c", ": > " + folder + "/hook").start();
            assertTrue(suspension.close(), "it ended");
            release.waitFor();
        }
        assertTrue(Files.exists(folder.resolve("ended")), "the hook of the first suspend came to its end");
    }

    @Test
    void aHostThatGivesUpWaitingDoesNotDisturbTheSuspend() throws Exception {
        guest.program("pm-is-supported", "exit 0");
        guest.program("pm-suspend-hybrid", "cat $ROOT/hook; echo > $ROOT/ended").program("release", ": > $ROOT/hook");
        assertEquals(0, new ProcessBuilder("mkfifo", folder.resolve("hook").toString()).start().waitFor());
        var suspension = suspension();
        try (var tester = CommandTester.of(new SuspendHybrid(suspension))) {
            tester.start("{}");
            awaitCall("pm-suspend-hybrid");
            tester.takeAway();
            assertEquals(error("The command guest-suspend-hybrid was taken away while it ran"), tester.reply());
            new ProcessBuilder(folder.resolve("bin/release").toString()).start().waitFor();
        }
        await(() -> suspension.last().isPresent());
        assertEquals(Optional.of("pm-utils"), suspension.last().get().strategy());
        assertTrue(Files.exists(folder.resolve("ended")), "the program came to its end");
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
            assertTrue(suspension.close(), "it ended");
            assertEquals(error("it was cancelled"), tester.reply());
        }
        assertTrue(guest.calls().contains("systemctl kill systemd-suspend.service"), guest.calls().toString());
        assertFalse(guest.calls().contains("pm-suspend"), guest.calls().toString());
    }

    @Test
    void whatSystemdDoesTooLateIsTakenBackBeforeTheNextStrategy() throws Exception {
        guest.file("run/systemd/system/.keep", "");
        // The service begins when the strategy's patience is over.
        guest.program("systemctl", """
                case $1 in
                  status) exit 3;;
                  show) [ $(grep -c show $ROOT/calls) -lt 7 ] || [ -e $ROOT/killed ] || echo ActiveState=activating;;
                  kill) : > $ROOT/killed;;
                esac""");
        guest.program("pm-is-supported", "exit 0").program("pm-suspend", "echo 100 > $ROOT/asleep");
        try (var tester = CommandTester.of(new SuspendRam(suspension()))) {
            assertEquals("", tester.call("{}"));
        }
        var calls = guest.calls();
        int kill = calls.indexOf("systemctl kill systemd-suspend.service");
        assertTrue(kill >= 0 && kill < calls.indexOf("pm-suspend"), calls.toString());
    }

    private void awaitCall(String call) {
        await(() -> guest.calls().contains(call));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it did not come to pass");
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
