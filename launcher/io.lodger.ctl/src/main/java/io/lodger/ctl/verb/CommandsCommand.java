package io.lodger.ctl.verb;

import com.google.gson.JsonArray;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.text.Table;
import picocli.CommandLine.Command;

/** {@code commands}. */
@Command(name = "commands", description = "Lists the agent's commands: whether each may be called now, where it comes from, what it does.")
public final class CommandsCommand implements Verb {
    @Override
    public int run(Agent agent, Screen screen) throws AgentErrorException, AgentUnavailableException {
        var commands = agent.commands();
        if (screen.isJson()) {
            var array = new JsonArray();
            commands.forEach(command -> array.add(command.json()));
            screen.json(array);
            return 0;
        }
        var described = commands.stream().anyMatch(command -> command.doc().isPresent());
        var table = described ? new Table("COMMAND", "ENABLED", "BUNDLE", "VERSION", "DESCRIPTION") : new Table("COMMAND", "ENABLED");
        for (var command : commands) {
            var enabled = command.enabled().map(flag -> flag ? "yes" : "no").orElse("?");
            if (described) {
                table.row(command.name(), enabled, command.bundle().orElse("-"), command.bundleVersion().orElse("-"),
                    command.doc().orElse(""));
            } else {
                table.row(command.name(), enabled);
            }
        }
        screen.table(table);
        return 0;
    }
}
