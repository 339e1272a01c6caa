package io.lodger.power.suspend;

import io.lodger.command.CommandException;
import io.lodger.power.kernel.Polling;
import io.lodger.power.kernel.SleepWitness;
import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Suspends the machine, once at a time whoever asks, and knows what became of it. */
@Component(service = Suspension.class)
public final class Suspension {

    /** Within the core's patience for commands that go. */
    private static final long END_PATIENCE_MILLIS = 4000;

    private final Supplier<List<SuspendStrategy>> strategies;
    private final SleepWitness witness;
    private Attempt current;
    private Reservation reserved;
    private LastSuspend last;
    private boolean closed;

    /** The right to be the next to suspend the machine, for so many seconds. */
    record Reservation(SuspendTarget target, long duration) {
    }

    @Activate
    public Suspension(@Reference RankedStrategies strategies) {
        this(strategies::inOrder, SleepWitness.ofMachine());
    }

    /** A suspension by these strategies, in their order. */
    public Suspension(Supplier<List<SuspendStrategy>> strategies, SleepWitness witness) {
        this.strategies = strategies;
        this.witness = witness;
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        close();
    }

    /** Suspends no more, and cancels what is under way; false when that did not end, for the kernel is at it. */
    boolean close() throws InterruptedException {
        Attempt running;
        synchronized (this) {
            closed = true;
            running = current;
            notifyAll();
        }
        if (running != null && !running.isEnded()) {
            running.cancel("it was cancelled");
            running.awaitEnd(END_PATIENCE_MILLIS);
        }
        return running == null || running.isEnded();
    }

    /**
     * Suspends the machine and returns when it has woken. It is suspended also when the thread is interrupted meanwhile.
     *
     * @throws CommandException when it did not sleep, with each strategy and its reason, or when somebody else is at it
     */
    public void suspend(SuspendTarget target) throws CommandException, InterruptedException {
        begin(target, null).await(Optional.empty());
    }

    /** Suspends the machine as it was reserved, unless it is still awake after this time, and returns when it has woken. */
    void suspend(Reservation mine, Duration patience) throws CommandException, InterruptedException {
        begin(mine.target(), mine).await(Optional.of(patience));
    }

    /** Whether and how the machine can be suspended to a target. */
    public Support support(SuspendTarget target) throws InterruptedException {
        return Support.of(strategies.get(), target);
    }

    /** What became of the last suspend since the bundle was started. */
    public synchronized Optional<LastSuspend> last() {
        settle();
        return Optional.ofNullable(last);
    }

    /** Keeps others from suspending the machine until it is released. */
    synchronized Reservation reserve(SuspendTarget target, long duration) throws CommandException, InterruptedException {
        awaitFree(null);
        reserved = new Reservation(target, duration);
        return reserved;
    }

    /** Gives a reservation back. */
    synchronized void release(Reservation mine) {
        reserved = reserved == mine ? null : reserved;
    }

    /** Says why a reserved suspend comes to nothing. */
    synchronized void fail(Reservation mine, String error) {
        last = LastSuspend.failed(mine.target(), Optional.of(mine.duration()), error);
    }

    private synchronized Attempt begin(SuspendTarget target, Reservation mine) throws CommandException, InterruptedException {
        awaitFree(mine);
        current = new Attempt(target, Optional.ofNullable(mine).map(Reservation::duration), strategies.get(), witness);
        current.start();
        return current;
    }

    /** When the machine has woken from the suspend before this one, its programs may still have to put things in order. */
    private void awaitFree(Reservation mine) throws CommandException, InterruptedException {
        checkFree(mine);
        while (current != null) {
            TimeUnit.NANOSECONDS.timedWait(this, Polling.PERIOD_NANOS);
            checkFree(mine);
        }
    }

    /** Takes over what is known of the suspend that is under way. */
    private void settle() {
        if (current != null) {
            boolean ended = current.isEnded();
            last = current.outcome().orElse(last);
            current = ended ? null : current;
        }
    }

    private void checkFree(Reservation mine) throws CommandException {
        settle();
        if (closed) {
            throw new CommandException("the bundle io.lodger.power was stopped or updated; ask again");
        }
        if (reserved != mine) {
            throw new CommandException("a lodger-suspend-for is pending: the machine is about to sleep for "
                    + reserved.duration() + " s");
        }
        if (current != null && current.outcome().isEmpty()) {
            throw new CommandException("the machine is being suspended already, asked for on another channel");
        }
    }
}
