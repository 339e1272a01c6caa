package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.io.IOException;
import java.nio.file.Path;

@GuestCommand(name = "lodger-bundle-install")
@Doc("Adds a bundle to the running agent until it ends; a higher version of a bundle takes over from the lower one.")
public final class BundleInstall implements Command<BundleInstall.Source, BundleFacts> {

    private final AddedBundles bundles;

    public BundleInstall(AddedBundles bundles) {
        this.bundles = bundles;
    }

    /** Where the bundle is. */
    public record Source(@Doc("The path of the bundle's jar file in the guest.") String path) {
    }

    @Override
    public BundleFacts execute(Source source, CommandContext context) throws CommandException, IOException {
        var added = bundles.install(Path.of(source.path()));
        return BundleFacts.of(added, bundles.commandsOf(added));
    }
}
