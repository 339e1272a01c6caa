package io.lodger.power.suspend;

import io.lodger.command.Doc;
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

    static LastSuspend woken(SuspendTarget target, Optional<Long> duration, Attempt.Woken woken) {
        var by = woken.sleep().wokenBy();
        return new LastSuspend(target, duration, Optional.of(woken.strategy()), Optional.of(woken.sleep().slept().toMillis()),
                by.isEmpty() ? Optional.empty() : Optional.of(by), Optional.empty());
    }

    static LastSuspend failed(SuspendTarget target, Optional<Long> duration, String error) {
        return new LastSuspend(target, duration, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(error));
    }
}
