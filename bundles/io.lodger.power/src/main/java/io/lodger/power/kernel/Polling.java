package io.lodger.power.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The pace at which it is looked whether the machine has slept: nothing tells a process that it has. */
public final class Polling {

    public static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Polling() {
    }

    /** Pauses for a period, or for what is left when that is less. */
    public static void pause(long leftNanos) throws InterruptedException {
        NEVER.await(Math.min(leftNanos, PERIOD_NANOS), TimeUnit.NANOSECONDS);
    }
}
