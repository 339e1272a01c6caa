package io.lodger.save;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, each with its deadline. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 5_000_000;

    private Await() {
    }

    /** Something that is or isn't so. */
    public interface Condition {

        /** Whether it is so now. */
        boolean holds() throws Exception;
    }

    /** Waits until something is so. */
    public static void until(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
