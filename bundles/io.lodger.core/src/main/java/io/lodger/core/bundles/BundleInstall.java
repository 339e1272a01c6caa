package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.util.List;

@GuestCommand(name = "lodger-bundle-install", cancelledBySync = false)
@Doc("Adds a bundle, or the bundles of a feature, to the agent: at once, and for every start from now on.")
public final class BundleInstall implements Command<BundleSource, List<BundleFacts>> {

    private final Changes changes;
    private final Facts facts;

    BundleInstall(Changes changes, Facts facts) {
        this.changes = changes;
        this.facts = facts;
    }

    @Override
    public List<BundleFacts> execute(BundleSource source, CommandContext context) throws Exception {
        return facts.of(changes.take(context, "lodger-bundle-install", source, changes.added()::install));
    }
}
