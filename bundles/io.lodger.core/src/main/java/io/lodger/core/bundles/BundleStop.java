package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.util.Optional;

@GuestCommand(name = "lodger-bundle-stop", cancelledBySync = false)
@Doc("Has an added bundle not run, neither now nor after a start of the agent; it stays at hand.")
public final class BundleStop implements Command<BundleName, BundleFacts> {

    private final Changes changes;
    private final Facts facts;

    BundleStop(Changes changes, Facts facts) {
        this.changes = changes;
        this.facts = facts;
    }

    @Override
    public BundleFacts execute(BundleName name, CommandContext context) throws Exception {
        changes.turn(context, "lodger-bundle-stop", name, symbolicName -> Optional.of(changes.added().stop(symbolicName)));
        return facts.named(name.symbolicName());
    }
}
