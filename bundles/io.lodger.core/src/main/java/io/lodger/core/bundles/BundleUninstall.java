package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.util.Optional;

@GuestCommand(name = "lodger-bundle-uninstall", cancelledBySync = false)
@Doc("Takes what was added away for good; a bundle of the same name that came with the agent serves again.")
public final class BundleUninstall implements Command<BundleName, Void> {

    private final Changes changes;

    BundleUninstall(Changes changes) {
        this.changes = changes;
    }

    @Override
    public Void execute(BundleName name, CommandContext context) throws Exception {
        changes.turn(context, "lodger-bundle-uninstall", name, symbolicName -> {
            changes.added().uninstall(symbolicName);
            return Optional.empty();
        });
        return null;
    }
}
