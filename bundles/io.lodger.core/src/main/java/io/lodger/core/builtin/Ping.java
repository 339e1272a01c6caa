package io.lodger.core.builtin;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;

@GuestCommand(name = "guest-ping", whileFrozen = true)
@Doc("Does nothing; an answer shows that the agent is there.")
public final class Ping implements Command<NoArguments, Void> {

    @Override
    public Void execute(NoArguments none, CommandContext context) {
        return null;
    }
}
