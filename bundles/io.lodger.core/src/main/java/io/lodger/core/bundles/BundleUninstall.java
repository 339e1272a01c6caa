package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;

@GuestCommand(name = "lodger-bundle-uninstall")
@Doc("Takes an added bundle away; a lower version of it that it took over from serves again.")
public final class BundleUninstall implements Command<BundleUninstall.Which, Void> {

    private final AddedBundles bundles;

    public BundleUninstall(AddedBundles bundles) {
        this.bundles = bundles;
    }

    /** Which bundle to take away. */
    public record Which(@Doc("The symbolic name of the bundle.") String symbolicName) {
    }

    @Override
    public Void execute(Which which, CommandContext context) throws CommandException {
        bundles.uninstall(which.symbolicName());
        return null;
    }
}
