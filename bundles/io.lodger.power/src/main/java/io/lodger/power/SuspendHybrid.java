package io.lodger.power;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import io.lodger.power.strategy.SuspendTarget;
import io.lodger.power.suspend.Suspension;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "guest-suspend-hybrid", respondsOnSuccess = false, cancelledBySync = false)
@Doc("Suspends the guest to RAM and disk: it wakes from RAM, and from disk when the power was lost. Sends no reply unless it fails.")
public class SuspendHybrid implements Command<NoArguments, Void> {

    private final Suspension suspension;

    @Activate
    public SuspendHybrid(@Reference Suspension suspension) {
        this.suspension = suspension;
    }

    @Override
    public Void execute(NoArguments none, CommandContext context) throws CommandException, InterruptedException {
        suspension.suspend(SuspendTarget.HYBRID);
        return null;
    }
}
