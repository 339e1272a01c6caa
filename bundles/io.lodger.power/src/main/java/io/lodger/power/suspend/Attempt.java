package io.lodger.power.suspend;

import io.lodger.command.CommandException;
import io.lodger.power.kernel.SleepWitness;
import io.lodger.power.kernel.Polling;
import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One attempt to suspend the machine: strategy after strategy, until it has slept. They run on a thread of their own, so that whoever
 * waits goes on as soon as the machine has woken, though the programs of a strategy may still have hooks to run.
 */
final class Attempt implements Runnable {

    private final SuspendTarget target;
    private final List<SuspendStrategy> strategies;
    private final SleepWitness witness;
    private final Thread thread = new Thread(this, "suspend");
    private final List<String> reasons = new ArrayList<>();
    private SuspendStrategy trying;
    private SleepWitness.Reading before;
    private Woken woken;
    private boolean cancelled;
    private boolean ended;

    /** The machine has woken up again: by which strategy it slept, and how. */
    record Woken(String strategy, SleepWitness.Sleep sleep) {
    }

    Attempt(SuspendTarget target, List<SuspendStrategy> strategies, SleepWitness witness) {
        this.target = target;
        this.strategies = strategies;
        this.witness = witness;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends it where it is, unless the machine has slept already: then its programs put things in order undisturbed. */
    synchronized void cancel() {
        if (!noteSleep(false)) {
            cancelled = true;
            thread.interrupt();
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Whether nothing of it runs any more. */
    synchronized boolean isEnded() {
        return ended;
    }

    /** Whether the machine has slept and woken. */
    synchronized boolean hasWoken() {
        return woken != null;
    }

    /** Waits until nothing of it runs any more. */
    void awaitEnd(long millis) throws InterruptedException {
        thread.join(millis);
    }

    /**
     * Waits until the machine has woken.
     *
     * @throws CommandException when it did not sleep, with each strategy and its reason
     * @throws InterruptedException when the attempt was cancelled, or this thread interrupted
     */
    synchronized Woken await() throws CommandException, InterruptedException {
        while (woken == null && !ended) {
            if (!noteSleep(false)) {
                pause();
            }
        }
        if (woken == null && cancelled) {
            throw new InterruptedException("the suspend was cancelled");
        }
        if (woken == null) {
            throw failure();
        }
        return woken;
    }

    /** A host that is there again after the sleep may cancel the call before anybody has seen that the machine has woken. */
    private void pause() throws InterruptedException {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Polling.PERIOD_NANOS);
        } catch (InterruptedException e) {
            if (!noteSleep(false)) {
                throw e;
            }
        }
    }

    private CommandException failure() {
        return new CommandException(trying == null ? Support.refusal(reasons)
                : "the machine could not be suspended " + target.where() + ": " + String.join("; ", reasons));
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
            return noteSleep(!witness.canTell()) || refuse(strategy, "it ended without an error, but the machine did not sleep");
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
        if (woken != null || before == null) {
            return woken != null;
        }
        try {
            witness.since(before).or(() -> said ? Optional.of(SleepWitness.Sleep.UNKNOWN) : Optional.empty())
                    .ifPresent(sleep -> woken = new Woken(trying.name(), sleep));
        } catch (IOException e) {
            throw new IllegalStateException("the clocks that were read before can't be read now", e);
        }
        notifyAll();
        return woken != null;
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(Attempt.class.getName());
    }
}
