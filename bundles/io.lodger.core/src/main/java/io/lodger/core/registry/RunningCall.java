package io.lodger.core.registry;

import java.time.Duration;

/** A call or job in progress, as far as the registry must reach it when its command is taken away. */
public interface RunningCall {

    /** Asks the call to end. The host gets an error with this reason when it does. */
    void cancel(String reason);

    /** Lets go of a call that didn't end when asked. The host gets the error now; whatever the call still brings is dropped. */
    void giveUp(String reason);

    /** How long it has been there. */
    Duration age();

    /** Whether it was asked to end and has not, though its thread was interrupted. */
    boolean isOverdue();

    /** Whether it runs on a thread of its own rather than on a worker. */
    boolean isJob();
}
