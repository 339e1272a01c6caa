package io.lodger.power.suspend;

import io.lodger.command.CommandException;
import io.lodger.power.kernel.Polling;
import io.lodger.power.kernel.SleepWitness;
import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One attempt to suspend the machine: strategy after strategy, until it has slept. They run on a thread of their own: whoever waits goes
 * on as soon as the machine has woken, though the programs of a strategy may still have hooks to run, and they go on when a host gives up
 * waiting.
 */
final class Attempt implements Runnable {

    private final SuspendTarget target;
    private final Optional<Long> duration;
    private final List<SuspendStrategy> strategies;
    private final SleepWitness witness;
    private final Thread thread = new Thread(this, "suspend");
    private final List<String> reasons = new ArrayList<>();
    private SuspendStrategy trying;
    private SleepWitness.Reading before;
    private LastSuspend outcome;
    private String cancellation;
    private boolean ended;

    /**
     * An attempt that has not begun.
     *
     * @param duration for how many seconds the machine is to sleep, where somebody has said
     */
    Attempt(SuspendTarget target, Optional<Long> duration, List<SuspendStrategy> strategies, SleepWitness witness) {
        this.target = target;
        this.duration = duration;
        this.strategies = strategies;
        this.witness = witness;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Ends it where it is, unless the machine has slept already: then its programs put things in order undisturbed.
     *
     * @param reason what is said to have become of it, if the machine does not sleep all the same
     */
    synchronized void cancel(String reason) {
        if (cancellation == null && !noteSleep(false)) {
            cancellation = reason;
            thread.interrupt();
        }
    }

    private synchronized boolean isCancelled() {
        return cancellation != null;
    }

    /** Whether nothing of it runs any more. */
    synchronized boolean isEnded() {
        return ended;
    }

    /** What became of it: known when the machine has woken, or when nothing of it runs any more. */
    synchronized Optional<LastSuspend> outcome() {
        noteSleep(false);
        return Optional.ofNullable(outcome);
    }

    /** Waits until nothing of it runs any more. */
    void awaitEnd(long millis) throws InterruptedException {
        thread.join(millis);
    }

    /**
     * Waits until the machine has woken.
     *
     * @param patience how long it may take until the machine sleeps; when it is over, the attempt is cancelled
     * @throws CommandException when it did not sleep, with each strategy and its reason
     */
    synchronized void await(Optional<Duration> patience) throws CommandException, InterruptedException {
        // While the machine sleeps, this clock stands.
        long begun = System.nanoTime();
        while (outcome().isEmpty()) {
            TimeUnit.NANOSECONDS.timedWait(this, Polling.PERIOD_NANOS);
            if (patience.isPresent() && System.nanoTime() - begun > patience.get().toNanos()) {
                cancel("it was not asleep in time for its alarm to wake it");
            }
        }
        if (outcome.error().isPresent()) {
            throw new CommandException(outcome.error().get());
        }
    }

    @Override
    public void run() {
        try {
            for (var strategy : strategies) {
                if (isCancelled() || succeeds(strategy)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            noteSleep(false);
        } finally {
            end();
        }
    }

    private boolean succeeds(SuspendStrategy strategy) throws InterruptedException {
        var obstacle = Support.obstacle(strategy, target);
        if (obstacle.isPresent()) {
            return refuse(strategy, obstacle.get());
        }
        try {
            begin(strategy);
            strategy.suspend(target);
            return noteSleep(!witness.canTell(target)) || refuse(strategy, "it ended without an error, but the machine did not sleep");
        } catch (IOException | RuntimeException | LinkageError e) {
            if (noteSleep(false)) {
                log().log(System.Logger.Level.WARNING, "{0} failed after the machine had slept: {1}", strategy.name(), Support.reason(e));
                return true;
            }
            return refuse(strategy, Support.reason(e));
        }
    }

    private synchronized void begin(SuspendStrategy strategy) throws IOException {
        log().log(System.Logger.Level.INFO, "the machine is being suspended {0} by {1}", target.where(), strategy.name());
        trying = strategy;
        before = witness.read();
    }

    private synchronized boolean refuse(SuspendStrategy strategy, String reason) {
        reasons.add(strategy.name() + ": " + reason);
        return false;
    }

    /**
     * Notes that the machine has slept, if it has.
     *
     * @param said whether to believe it without a trace of it
     */
    private synchronized boolean noteSleep(boolean said) {
        if (outcome != null || before == null) {
            return outcome != null;
        }
        try {
            witness.since(before).or(() -> said ? Optional.of(SleepWitness.Sleep.UNKNOWN) : Optional.empty()).ifPresent(this::note);
        } catch (IOException e) {
            throw new IllegalStateException("the clocks that were read before can't be read now", e);
        }
        return outcome != null;
    }

    private void note(SleepWitness.Sleep sleep) {
        log().log(System.Logger.Level.INFO, "the machine has slept for {0} s, suspended {1} by {2}{3}",
                String.format(Locale.ROOT, "%.1f", sleep.slept().toMillis() / 1000.0), target.where(), trying.name(),
                sleep.wokenBy().isEmpty() ? "" : "; woken by " + String.join(", ", sleep.wokenBy()));
        outcome = LastSuspend.woken(target, duration, trying.name(), sleep);
        notifyAll();
    }

    private synchronized void end() {
        if (outcome == null) {
            outcome = LastSuspend.failed(target, duration, cancellation == null ? failure() : cancellation);
        }
        ended = true;
        notifyAll();
    }

    private String failure() {
        return trying == null ? Support.refusal(reasons)
                : "the machine could not be suspended " + target.where() + ": " + String.join("; ", reasons);
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(Attempt.class.getName());
    }
}
