package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.util.List;

@GuestCommand(name = "lodger-bundle-update", cancelledBySync = false)
@Doc("Puts a higher version in the place of what was added; calls that run end first.")
public final class BundleUpdate implements Command<BundleSource, List<BundleFacts>> {

    private final Changes changes;
    private final Facts facts;

    BundleUpdate(Changes changes, Facts facts) {
        this.changes = changes;
        this.facts = facts;
    }

    @Override
    public List<BundleFacts> execute(BundleSource source, CommandContext context) throws Exception {
        return facts.of(changes.take(context, "lodger-bundle-update", source, changes.added()::update));
    }
}
