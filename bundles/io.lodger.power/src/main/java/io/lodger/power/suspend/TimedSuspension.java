package io.lodger.power.suspend;

import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.power.kernel.RealTimeClock;
import io.lodger.power.strategy.SuspendTarget;
import io.lodger.power.suspend.Suspension.Reservation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Suspends the machine after a reply has left, until the alarm of its real-time clock wakes it. */
@Component(service = TimedSuspension.class)
public final class TimedSuspension {

    /** When the reply leaves later than this, the alarm might ring before the machine sleeps, and nothing would wake it. */
    private static final Duration REPLY_PATIENCE = Duration.ofSeconds(10);
    /** So long before its alarm rings the machine has to be asleep: what is under way then needs a while to be ended. */
    private static final Duration AWAKE_AT_LAST = Duration.ofSeconds(10);

    private final Suspension suspension;
    private final RealTimeClock clock;
    private final Duration replyPatience;
    private final Duration awakeAtLast;
    private Timed timed;

    /** A suspend whose alarm is set, and the time it was set at. */
    private record Timed(Reservation reservation, PendingSuspend pending, long nanos) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }

    /**
     * What was arranged.
     *
     * @param pending what will happen
     * @param replaced the alarm that was replaced, if any
     */
    public record Arranged(PendingSuspend pending, OptionalLong replaced) {
    }

    @Activate
    public TimedSuspension(@Reference Suspension suspension) {
        this(suspension, Path.of("/"), REPLY_PATIENCE, AWAKE_AT_LAST);
    }

    /**
     * A suspension with the clock whose files are below this root.
     *
     * @param replyPatience how long after the alarm was set the reply may leave
     * @param awakeAtLast how long before its alarm the machine must be asleep, or it stays awake
     */
    public TimedSuspension(Suspension suspension, Path root, Duration replyPatience, Duration awakeAtLast) {
        this.suspension = suspension;
        clock = new RealTimeClock(root);
        this.replyPatience = replyPatience;
        this.awakeAtLast = awakeAtLast;
    }

    /** A suspend that is pending is given up: the alarm is taken back, and the machine doesn't sleep. */
    @Deactivate
    void deactivate() throws InterruptedException {
        // The alarm last: a machine that sleeps all the same must be woken.
        if (suspension.close()) {
            stop();
        }
    }

    private synchronized void stop() {
        if (timed != null) {
            giveUp(timed, "the bundle io.lodger.power was stopped or updated before the machine slept");
        }
    }

    /** What is pending; empty when nothing is. */
    public synchronized Optional<PendingSuspend> pending() {
        return Optional.ofNullable(timed).map(Timed::pending);
    }

    /** Why the machine can't be woken by its clock; empty when it can. */
    public Optional<String> alarmObstacle() {
        return clock.obstacle();
    }

    /** The alarm that is set in the real-time clock, whoever set it. */
    public OptionalLong alarm() {
        return clock.alarm();
    }

    /**
     * Sets the alarm, and has the machine suspended when the reply has left.
     *
     * @param seconds how long from now it is to sleep
     * @param force whether an alarm that somebody else has set may be replaced
     * @throws CommandException when that can't be; nothing has changed then
     */
    public Arranged arrange(SuspendTarget target, long seconds, boolean force, CommandContext context)
            throws CommandException, IOException, InterruptedException {
        var obstacle = clock.obstacle();
        if (obstacle.isPresent()) {
            throw new CommandException(obstacle.get());
        }
        var reservation = suspension.reserve(target, seconds);
        boolean arranged = false;
        try {
            var support = suspension.support(target);
            if (!support.supported()) {
                throw new CommandException(support.refusal());
            }
            var done = set(reservation, force, context);
            arranged = true;
            return done;
        } finally {
            if (!arranged) {
                suspension.release(reservation);
            }
        }
    }

    private synchronized Arranged set(Reservation reservation, boolean force, CommandContext context)
            throws CommandException, IOException {
        long now = clock.now();
        var replaced = clock.alarm();
        if (replaced.isPresent() && !force) {
            throw new CommandException("the real-time clock has an alarm already, which rings in " + (replaced.getAsLong() - now)
                    + " s; \"force\": true replaces it");
        }
        // The clock counts whole seconds, and most of the present one may be over.
        var pending = new PendingSuspend(reservation.target(), reservation.duration(), now + reservation.duration() + 1);
        clock.set(pending.wakeTime());
        var mine = new Timed(reservation, pending, System.nanoTime());
        timed = mine;
        context.afterReply(() -> suspend(mine), () -> loseReply(mine));
        return new Arranged(pending, replaced);
    }

    private synchronized void loseReply(Timed mine) {
        giveUp(mine, "the host did not get the reply");
    }

    private void suspend(Timed mine) {
        if (!isDue(mine)) {
            return;
        }
        boolean interrupted = false;
        try {
            suspension.suspend(mine.reservation(),
                    Duration.ofSeconds(mine.reservation().duration()).minus(awakeAtLast).minus(mine.age()));
        } catch (CommandException e) {
            // The service has noted and logged it; the host has had its reply.
            log().log(System.Logger.Level.DEBUG, "the machine does not sleep", e);
        } catch (InterruptedException e) {
            // The bundle is being taken away: the alarm is needed until it is known that the machine does not sleep.
            interrupted = true;
        } finally {
            if (!interrupted) {
                end(mine);
            }
        }
    }

    private synchronized boolean isDue(Timed mine) {
        if (timed == mine && mine.age().compareTo(replyPatience) > 0) {
            giveUp(mine, "the host took the reply too late for the machine to be asleep before its alarm");
        }
        return timed == mine;
    }

    private void giveUp(Timed mine, String reason) {
        if (timed == mine) {
            suspension.fail(mine.reservation(), reason);
            end(mine);
        }
    }

    /** Takes the alarm back if it has not rung, and lets others suspend the machine. */
    private synchronized void end(Timed mine) {
        try {
            if (timed == mine) {
                timed = null;
                clock.clear(mine.pending().wakeTime());
            }
        } catch (IOException e) {
            log().log(System.Logger.Level.WARNING, "the alarm could not be taken back: {0}", e.getMessage());
        } finally {
            suspension.release(mine.reservation());
        }
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(TimedSuspension.class.getName());
    }
}
