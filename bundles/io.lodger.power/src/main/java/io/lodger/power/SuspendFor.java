package io.lodger.power;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.power.strategy.SuspendTarget;
import io.lodger.power.suspend.TimedSuspension;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "lodger-suspend-for", cancelledBySync = false)
@Doc("Suspends the guest when the reply has left, and has its real-time clock wake it.")
public class SuspendFor implements Command<SuspendFor.Request, SuspendFor.Arrangement> {

    /** As libvirt's node suspend has it: the machine must be asleep before its alarm rings. */
    private static final long MINIMUM = 60;

    private final TimedSuspension suspension;

    /** What is wanted. */
    public record Request(
            @Doc("Where the guest's state is kept.") SuspendTarget target,
            @Doc("How long it is to sleep, in seconds, at least 60.") long duration,
            @Doc("Whether to replace an alarm that somebody else has set in the real-time clock; false unless given.")
            Optional<Boolean> force) {

        public Request {
            if (duration < MINIMUM) {
                throw new IllegalArgumentException("Parameter 'duration' is " + duration + " s, and at least " + MINIMUM
                        + " s are needed, so that the machine is asleep before its alarm rings");
            }
        }
    }

    /** What was arranged. */
    public record Arrangement(
            @Doc("When the alarm rings, in seconds since 1970-01-01 as the real-time clock counts them.") long wakeTime,
            @Doc("The alarm that was replaced; missing where there was none.") Optional<Long> replacedAlarm) {
    }

    @Activate
    public SuspendFor(@Reference TimedSuspension suspension) {
        this.suspension = suspension;
    }

    @Override
    public Arrangement execute(Request request, CommandContext context) throws Exception {
        var arranged = suspension.arrange(request.target(), request.duration(), request.force().orElse(false), context);
        var replaced = arranged.replaced();
        return new Arrangement(arranged.pending().wakeTime(),
                replaced.isPresent() ? Optional.of(replaced.getAsLong()) : Optional.empty());
    }
}
