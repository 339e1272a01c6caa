package io.lodger.posix;

import java.time.Duration;

/** Tells how long the machine has slept, from the clocks of clock_gettime(2). */
public final class SleepClock {

    private static final int CLOCK_MONOTONIC = 1;
    private static final int CLOCK_BOOTTIME = 7;
    private static final int TIMESPEC_SIZE = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Readings further apart than this are taken again, for this thread was held up between them. */
    private static final long CLOSE_NANOS = 100_000;
    private static final int ATTEMPTS = 20;

    private SleepClock() {
    }

    /**
     * How long the machine has been suspended since it was started, to RAM or to disk: {@code CLOCK_BOOTTIME}, which goes on meanwhile,
     * less {@code CLOCK_MONOTONIC}, which doesn't. The kernel learns of the time from a clock that goes on, and counts none where the
     * machine has no such clock. With a real-time clock that counts whole seconds a short sleep may count as none, too.
     *
     * @return exact to a millisecond, unless the machine is so busy that this thread was held up at each of 20 readings
     * @throws ErrnoException when the kernel lacks one of the clocks
     */
    public static Duration asleepSinceBoot() throws ErrnoException {
        long closest = Long.MAX_VALUE;
        long asleep = 0;
        for (int attempt = 0; attempt < ATTEMPTS && closest > CLOSE_NANOS; attempt++) {
            long before = nanos(CLOCK_MONOTONIC);
            long bootTime = nanos(CLOCK_BOOTTIME);
            long apart = nanos(CLOCK_MONOTONIC) - before;
            if (apart < closest) {
                closest = apart;
                asleep = bootTime - before - apart / 2;
            }
        }
        return Duration.ofNanos(Math.max(asleep, 0));
    }

    private static long nanos(int clock) throws ErrnoException {
        var timespec = LibC.struct(TIMESPEC_SIZE);
        ErrnoException.require("clock_gettime " + clock, LibC.clock_gettime(clock, timespec));
        return timespec.getLong(0) * NANOS_PER_SECOND + timespec.getLong(Long.BYTES);
    }
}
