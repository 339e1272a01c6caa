package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.util.Optional;

@GuestCommand(name = "lodger-bundle-start", cancelledBySync = false)
@Doc("Has an added bundle run that was stopped or skipped, now and after each start of the agent.")
public final class BundleStart implements Command<BundleName, BundleFacts> {

    private final Changes changes;
    private final Facts facts;

    BundleStart(Changes changes, Facts facts) {
        this.changes = changes;
        this.facts = facts;
    }

    @Override
    public BundleFacts execute(BundleName name, CommandContext context) throws Exception {
        changes.turn(context, "lodger-bundle-start", name, symbolicName -> Optional.of(changes.added().start(symbolicName)));
        return facts.named(name.symbolicName());
    }
}
