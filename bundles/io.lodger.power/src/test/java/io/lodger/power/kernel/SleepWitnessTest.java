package io.lodger.power.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.power.FakeGuest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SleepWitnessTest {

    private static final String SUCCESSES = "sys/power/suspend_stats/success";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void aSleepBetweenTwoLooksIsSeenInItsWholeLength() throws Exception {
        var guest = new FakeGuest(folder).file(SUCCESSES, "3\n");
        var looks = new AtomicInteger();
        var witness = new SleepWitness(folder, () -> {
            // The second look at the clock is the last thing before the machine sleeps for a minute.
            if (looks.incrementAndGet() != 2) {
                return looks.get() == 1 ? Duration.ZERO : MINUTE;
            }
            guest.file(SUCCESSES, "4\n");
            return Duration.ZERO;
        });
        var before = witness.read();
        assertEquals(Optional.empty(), witness.since(before));
        assertEquals(Optional.of(MINUTE), witness.since(before).map(SleepWitness.Sleep::slept));
    }

    @Test
    void aSleepThatTheClockHasNotSeenIsKnownByTheCounter() throws Exception {
        var guest = new FakeGuest(folder).file(SUCCESSES, "3\n");
        var witness = new SleepWitness(folder, () -> MINUTE);
        var before = witness.read();
        assertEquals(Optional.empty(), witness.since(before));
        guest.file(SUCCESSES, "4\n");
        assertEquals(Optional.of(Duration.ZERO), witness.since(before).map(SleepWitness.Sleep::slept));
    }
}
