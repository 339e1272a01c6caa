package io.lodger.power.suspend;

import io.lodger.command.Doc;
import io.lodger.power.strategy.SuspendTarget;

/** A suspend for a duration from its request to its end. */
public record PendingSuspend(
        @Doc("Where the machine's state is kept.") SuspendTarget target,
        @Doc("How long it is to sleep, in seconds.") long duration,
        @Doc("When the alarm rings, in seconds since 1970-01-01 as the real-time clock counts them.") long wakeTime) {
}
