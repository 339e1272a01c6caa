package io.lodger.core.dispatch;

import io.lodger.core.execution.Clock;
import java.time.Duration;
import java.util.concurrent.Future;

/** The time that a running command still gets once a sync waits behind it. Not safe for use by several threads. */
final class Grace {

    private final Clock clock;
    private final Duration length;
    private Future<?> running;

    Grace(Clock clock, Duration length) {
        this.clock = clock;
        this.length = length;
    }

    /** Lets the time begin, unless it has begun already. */
    void begin(Runnable atItsEnd) {
        if (running == null) {
            running = clock.after(length, atItsEnd);
        }
    }

    /** Forgets it, for its command is no longer the one that keeps the sync waiting. */
    void forget() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }

    /** What is left of it for a command that has run for so long. */
    Duration left(Duration age) {
        return age.compareTo(length) < 0 ? length.minus(age) : Duration.ZERO;
    }

    /** Why a command is cancelled at its end. */
    String reason() {
        return "a sync waited behind it for " + length.toMillis() + " ms";
    }
}
