package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;

@GuestCommand(name = "lodger-bundle-rollback", cancelledBySync = false)
@Doc("Brings back the version that an update, or an addition to what came with the agent, has superseded.")
public final class BundleRollback implements Command<BundleName, BundleFacts> {

    private final Changes changes;
    private final Facts facts;

    BundleRollback(Changes changes, Facts facts) {
        this.changes = changes;
        this.facts = facts;
    }

    @Override
    public BundleFacts execute(BundleName name, CommandContext context) throws Exception {
        changes.turn(context, "lodger-bundle-rollback", name, changes.added()::rollback);
        return facts.named(name.symbolicName());
    }
}
