package io.lodger.power.strategy;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One way to suspend the machine. Strategies are asked in the order of their ranking; the first without an obstacle is told to suspend,
 * and the next one when the machine has not slept after that. Any thread may call; it is interrupted when the power bundle ends.
 */
@ConsumerType
public interface SuspendStrategy {

    /** Its name in errors, logs and replies, such as {@code "pm-utils"}. */
    String name();

    /**
     * Says why it can't suspend to this target on this machine now. Changes nothing, and ends within seconds whatever the machine's
     * programs do.
     *
     * @return a reason for an operator, without the strategy's name and without full stop; empty when nothing speaks against it
     * @throws IOException when that can't be found out, which counts as a reason
     */
    Optional<String> obstacle(SuspendTarget target) throws IOException, InterruptedException;

    /**
     * Suspends the machine, one at a time, and returns when it has woken up and all is as it was, or when it will certainly not sleep
     * any more. Whether it has slept is read from the kernel's clocks and counters: a strategy that fails after a sleep doesn't make
     * the next one suspend again.
     *
     * @throws IOException with a reason for an operator, without the strategy's name and without full stop
     */
    void suspend(SuspendTarget target) throws IOException, InterruptedException;
}
