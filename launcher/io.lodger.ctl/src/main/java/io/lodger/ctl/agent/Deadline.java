package io.lodger.ctl.agent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The moment at which waiting ends; it may be never.
 *
 * @param end the moment on {@link System#nanoTime()}'s clock; without meaning when {@code never}
 * @param never whether to wait for ever
 */
record Deadline(long end, boolean never) {
    /** A deadline {@code wait} from now; a wait of zero means never. */
    static Deadline in(Duration wait) {
        return wait.isZero() ? new Deadline(0, true) : new Deadline(System.nanoTime() + wait.toNanos(), false);
    }

    boolean passed() {
        return !never && end - System.nanoTime() <= 0;
    }

    /** Milliseconds to wait yet, rounded up; 0 when the wait has no end, as {@link java.nio.channels.Selector#select(long)} has it. */
    long milliseconds() {
        return never ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1);
    }
}
