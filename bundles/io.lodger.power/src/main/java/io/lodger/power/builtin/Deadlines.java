package io.lodger.power.builtin;

import java.time.Duration;

/** How long programs may take, of the time that the machine is awake. */
final class Deadlines {

    /** To tell whether something is supported: far more than it takes on a busy machine. */
    static final Duration PROBE = Duration.ofSeconds(15);

    /** To suspend, with writing the memory to a slow disk, and all that hooks do before and after. */
    static final Duration SUSPEND = Duration.ofMinutes(5);

    private Deadlines() {
    }
}
