package io.lodger.power;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import io.lodger.power.suspend.LastSuspend;
import io.lodger.power.suspend.PendingSuspend;
import io.lodger.power.suspend.Suspension;
import io.lodger.power.suspend.TimedSuspension;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "lodger-suspend-status")
@Doc("Tells what suspend is pending, and what became of the last one.")
public class SuspendStatus implements Command<NoArguments, SuspendStatus.Status> {

    private final Suspension suspension;
    private final TimedSuspension timed;

    /** What is known of suspends since the bundle was started. */
    public record Status(
            @Doc("The suspend that lodger-suspend-for has arranged; missing when there is none.") Optional<PendingSuspend> pending,
            @Doc("The last suspend, whoever asked for it; missing when there was none.") Optional<LastSuspend> last) {
    }

    @Activate
    public SuspendStatus(@Reference Suspension suspension, @Reference TimedSuspension timed) {
        this.suspension = suspension;
        this.timed = timed;
    }

    @Override
    public Status execute(NoArguments none, CommandContext context) {
        return new Status(timed.pending(), suspension.last());
    }
}
