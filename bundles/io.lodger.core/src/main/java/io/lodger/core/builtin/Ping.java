package io.lodger.core.builtin;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.NoArguments;
import io.lodger.core.registry.CommandFacts;

@Doc("Does nothing; an answer shows that the agent is there.")
public final class Ping implements Command<NoArguments, Void> {

    /** Not an annotation: reading one takes longer than anything else before the first answer. */
    public static final CommandFacts FACTS = new CommandFacts("guest-ping", true, true, true);

    @Override
    public Void execute(NoArguments none, CommandContext context) {
        return null;
    }
}
