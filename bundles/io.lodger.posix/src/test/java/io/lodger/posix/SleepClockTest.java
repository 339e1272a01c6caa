package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SleepClockTest {

    @Test
    void whileTheMachineIsAwakeTheTimeAsleepStaysWhatItIs() throws Exception {
        long before = SleepClock.asleepSinceBoot().toMillis();
        for (int i = 0; i < 10_000; i++) {
            assertTrue(Math.abs(SleepClock.asleepSinceBoot().toMillis() - before) <= 1, "the machine has not slept");
        }
    }

    @Test
    void timeThatOnlyTheClockOfTheBootSawIsTimeAsleep() throws Exception {
        var namespace = List.of("unshare", "--time", "--fork", "--boottime", "5000");
        var probe = new ProcessBuilder("unshare", "--time", "--fork", "--boottime", "5000", "true").start();
        assumeTrue(probe.waitFor() == 0, "no right to make time namespaces here");
        var command = new ArrayList<>(namespace);
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path"),
                Probe.class.getName()));
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertEquals(5000, Long.parseLong(told) - SleepClock.asleepSinceBoot().toSeconds(), 1);
    }

    /** Tells the seconds on its standard output. */
    static final class Probe {

        public static void main(String[] arguments) throws ErrnoException {
            System.out.println(SleepClock.asleepSinceBoot().toSeconds());
        }
    }
}
