package io.lodger.core.registry;

import io.lodger.core.json.ArgumentException;
import java.util.concurrent.atomic.AtomicLong;

/** What has become of the calls and jobs of one command since it was registered. */
public final class CommandCounts {

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong cancelled = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();

    /** Counts a call or job that begins. */
    public void begin() {
        begun.incrementAndGet();
    }

    /** Counts one that ended with an exception; arguments that don't fit are no failure of the command. */
    public void fail(Throwable e, boolean wasCancelled) {
        if (e instanceof Error) {
            errors.incrementAndGet();
        }
        if (wasCancelled) {
            cancelled.incrementAndGet();
        } else if (!(e instanceof ArgumentException)) {
            failures.incrementAndGet();
        }
    }

    /** How many have begun. */
    public long begun() {
        return begun.get();
    }

    /** How many ended with an exception, without having been asked to end. */
    public long failures() {
        return failures.get();
    }

    /** How many ended with an exception after they had been asked to end. */
    public long cancelled() {
        return cancelled.get();
    }

    /** How many ended with an {@link Error}, among the failures and the cancelled. */
    public long errors() {
        return errors.get();
    }
}
