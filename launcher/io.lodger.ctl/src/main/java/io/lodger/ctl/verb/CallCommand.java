package io.lodger.ctl.verb;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.agent.CommandDescription;
import io.lodger.ctl.text.Screen;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code call NAME [ARG=VALUE ... | JSON]}. */
@Command(name = "call", description = "Calls a command of the agent and shows what it returns.", footer = {
    "",
    "Values have the type the agent describes for the argument: text, integers, true or false, one of the listed words, and arrays and "
        + "objects in JSON. An agent that cannot describe itself (qemu-ga) gets what reads as JSON as that, and all else as text: write "
        + "'name=\"123\"' with the quotes for a text of digits.",
    "",
    "A command that answers only when it fails (guest-shutdown) counts as done when no error came within 5 s."})
public final class CallCommand implements Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "The command, such as guest-ping.")
    private String name;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARG=VALUE", description = "Its arguments; or all of them as one JSON object.")
    private List<String> arguments = List.of();

    @Override
    public int run(Agent agent, Screen screen) throws AgentErrorException, AgentUnavailableException, UsageException {
        var description = agent.lookUp(name);
        var object = new Arguments(name, description).read(arguments);
        screen.json(agent.call(name, object.orElse(null), description.map(CommandDescription::respondsOnSuccess).orElse(true)));
        return 0;
    }
}
