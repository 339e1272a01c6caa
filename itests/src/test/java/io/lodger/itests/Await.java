package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, each with its deadline. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long FIRST_POLL_NANOS = 1_000_000;
    private static final long LONGEST_POLL_NANOS = 100_000_000;

    private Await() {
    }

    /** Something that is or isn't so. */
    public interface Condition {

        /** Whether it is so now. */
        boolean holds() throws Exception;
    }

    /** Waits until something is so. */
    public static void until(String what, Condition condition) throws Exception {
        until(what, PATIENCE, condition);
    }

    /** Waits until something is so that may take its time. */
    public static void until(String what, Duration patience, Condition condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long poll = FIRST_POLL_NANOS; !condition.holds(); poll = Math.min(2 * poll, LONGEST_POLL_NANOS)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(poll);
        }
    }

    /** Runs a program to its end, which must be a good one; its output goes where the test's goes. */
    public static void success(ProcessBuilder program) throws Exception {
        assertEquals(0, program.inheritIO().start().waitFor(), () -> String.join(" ", program.command()));
    }
}
