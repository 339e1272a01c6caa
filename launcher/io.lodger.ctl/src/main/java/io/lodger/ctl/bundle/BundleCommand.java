package io.lodger.ctl.bundle;

import io.lodger.ctl.signature.SignCommand;
import io.lodger.ctl.signature.VerifyCommand;
import picocli.CommandLine.Command;

/** {@code bundle ...}. */
@Command(name = "bundle", synopsisSubcommandLabel = "COMMAND",
    subcommands = {
        ListCommand.class, InstallCommand.class, UpdateCommand.class, UninstallCommand.class, RollbackCommand.class, StartCommand.class,
        StopCommand.class, SignCommand.class, VerifyCommand.class
    },
    description = "Puts bundles into running guests, changes them and takes them away; signs them and checks signatures.")
public final class BundleCommand {
}
