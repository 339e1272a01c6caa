package io.lodger.core.builtin;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;

@GuestCommand(name = "guest-sync", whileFrozen = true)
@Doc("Gives back a number, by which the host tells this reply from older ones still on their way.")
public final class Sync implements Command<SyncId, Long> {

    @Override
    public Long execute(SyncId arguments, CommandContext context) {
        return arguments.id();
    }
}
