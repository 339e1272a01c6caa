package io.lodger.power;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import io.lodger.power.strategy.SuspendTarget;
import io.lodger.power.suspend.Support;
import io.lodger.power.suspend.Suspension;
import io.lodger.power.suspend.TimedSuspension;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "lodger-suspend-capabilities")
@Doc("Tells how the guest can be suspended, and why not where it can't. Changes nothing.")
public class SuspendCapabilities implements Command<NoArguments, SuspendCapabilities.Capabilities> {

    private final Suspension suspension;
    private final TimedSuspension timed;

    /** What can be done on this machine now. */
    public record Capabilities(
            @Doc("To RAM.") Support mem,
            @Doc("To disk.") Support disk,
            @Doc("To RAM and disk.") Support hybrid,
            @Doc("What lodger-suspend-for needs besides.") Alarm alarm) {
    }

    /** The alarm of the real-time clock. */
    public record Alarm(
            @Doc("Whether the real-time clock can wake the machine.") boolean supported,
            @Doc("Why it can't; missing where it can.") Optional<String> reason,
            @Doc("The alarm that is set, in seconds since 1970-01-01 as the clock counts them; missing where none is.")
            Optional<Long> set) {
    }

    @Activate
    public SuspendCapabilities(@Reference Suspension suspension, @Reference TimedSuspension timed) {
        this.suspension = suspension;
        this.timed = timed;
    }

    @Override
    public Capabilities execute(NoArguments none, CommandContext context) throws InterruptedException {
        return new Capabilities(suspension.support(SuspendTarget.MEM), suspension.support(SuspendTarget.DISK),
                suspension.support(SuspendTarget.HYBRID), alarm());
    }

    private Alarm alarm() {
        var obstacle = timed.alarmObstacle();
        var set = timed.alarm();
        return new Alarm(obstacle.isEmpty(), obstacle, set.isPresent() ? Optional.of(set.getAsLong()) : Optional.empty());
    }
}
