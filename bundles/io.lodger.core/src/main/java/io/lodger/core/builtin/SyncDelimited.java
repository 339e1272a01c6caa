package io.lodger.core.builtin;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.core.registry.CommandFacts;

@Doc("Gives back a number like guest-sync, with the byte 0xFF before the reply, so that the host can skip all that came before.")
public final class SyncDelimited implements Command<SyncId, Long> {

    /** Not an annotation: reading one takes longer than anything else before the first answer. */
    public static final CommandFacts FACTS = new CommandFacts("guest-sync-delimited", true, true, true);

    @Override
    public Long execute(SyncId arguments, CommandContext context) {
        return arguments.id();
    }
}
