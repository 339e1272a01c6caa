package io.lodger.core.builtin;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.core.registry.CommandFacts;

@Doc("Gives back a number, by which the host tells this reply from older ones still on their way.")
public final class Sync implements Command<SyncId, Long> {

    /** Not an annotation: reading one takes longer than anything else before the first answer. */
    public static final CommandFacts FACTS = new CommandFacts("guest-sync", true, true, true);

    @Override
    public Long execute(SyncId arguments, CommandContext context) {
        return arguments.id();
    }
}
