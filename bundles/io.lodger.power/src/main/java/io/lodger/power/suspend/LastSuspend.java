package io.lodger.power.suspend;

import io.lodger.command.Doc;
import io.lodger.power.kernel.SleepWitness;
import io.lodger.power.strategy.SuspendTarget;
import java.util.List;
import java.util.Optional;

/** What became of a suspend. */
public record LastSuspend(
        @Doc("Where the machine's state was to be kept.") SuspendTarget target,
        @Doc("How long it was to sleep, in seconds; missing where nobody had said.") Optional<Long> duration,
        @Doc("What suspended it; missing when it did not sleep.") Optional<String> strategy,
        @Doc("How long it slept, in milliseconds, by the kernel's clocks; missing when it did not sleep.") Optional<Long> sleptMs,
        @Doc("What woke it, by the names of the kernel; missing when the kernel doesn't say.") Optional<List<String>> wokenBy,
        @Doc("Why it did not sleep; missing when it did.") Optional<String> error) {

    static LastSuspend woken(SuspendTarget target, Optional<Long> duration, String strategy, SleepWitness.Sleep sleep) {
        return new LastSuspend(target, duration, Optional.of(strategy), Optional.of(sleep.slept().toMillis()),
                Optional.of(sleep.wokenBy()).filter(sources -> !sources.isEmpty()), Optional.empty());
    }

    /** One that came to nothing; the log learns of it. */
    static LastSuspend failed(SuspendTarget target, Optional<Long> duration, String error) {
        // Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts.
        System.getLogger(LastSuspend.class.getName())
                .log(System.Logger.Level.WARNING, "a suspend {0} came to nothing: {1}", target.where(), error);
        return new LastSuspend(target, duration, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(error));
    }
}
