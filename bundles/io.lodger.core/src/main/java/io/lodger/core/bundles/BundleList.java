package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import java.util.List;

@GuestCommand(name = "lodger-bundle-list")
@Doc("Lists the bundles of the agent.")
public final class BundleList implements Command<NoArguments, List<BundleFacts>> {

    private final AddedBundles bundles;

    public BundleList(AddedBundles bundles) {
        this.bundles = bundles;
    }

    @Override
    public List<BundleFacts> execute(NoArguments none, CommandContext context) {
        return bundles.all().stream().map(bundle -> BundleFacts.of(bundle, bundles.commandsOf(bundle))).toList();
    }
}
