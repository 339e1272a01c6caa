package io.lodger.ctl.shell;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.bundle.BundleCommand;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.verb.CallCommand;
import io.lodger.ctl.verb.CommandsCommand;
import io.lodger.ctl.verb.DescribeCommand;
import io.lodger.ctl.verb.Failure;
import io.lodger.ctl.verb.InterfacesCommand;
import io.lodger.ctl.verb.LocalVerb;
import io.lodger.ctl.verb.RefusedException;
import io.lodger.ctl.verb.UsageException;
import io.lodger.ctl.verb.Verb;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;

/** Carries out shell lines, one at a time: a line is a verb with its operands, or a command of the agent with its arguments. */
final class Session {
    private final Agent agent;
    private final Screen screen;
    private final PrintWriter err;
    private boolean ended;

    Session(Agent agent, Screen screen, PrintWriter err) {
        this.agent = agent;
        this.screen = screen;
        this.err = err;
    }

    /** The shell's own words and what they do, in the order to show them. */
    static Map<String, String> verbs() {
        var verbs = new LinkedHashMap<String, String>();
        verbs.put("commands", "lists the agent's commands");
        verbs.put("describe", "shows what a command does, takes and returns");
        verbs.put("interfaces", "lists the guest's network interfaces");
        verbs.put("bundle", "list, install, update, rollback, uninstall: changes what the agent can do");
        verbs.put("call", "calls a command, also one that is named like a word of this shell");
        verbs.put("help", "shows this, or describes a command");
        verbs.put("exit", "leaves the shell, as Ctrl-D does");
        return verbs;
    }

    /** Carries out a line; what goes wrong is said on standard error. Returns the exit code the line would have on the command line. */
    int execute(String line) {
        try {
            var words = Words.of(line);
            if (!words.isComplete()) {
                throw new UsageException("a quote or bracket is open at the end of the line: " + line.strip());
            }
            return words.list().isEmpty() || words.list().get(0).startsWith("#") ? 0 : execute(words.list());
        } catch (UsageException | CommandLine.ParameterException | AgentErrorException | AgentUnavailableException
                | RefusedException | CancellationException e) {
            var failure = Failure.of(e).orElseThrow(() -> new IllegalStateException(e));
            failure.show(err, screen.isJson());
            return failure.exitCode();
        }
    }

    /** Whether the user asked to leave. */
    boolean hasEnded() {
        return ended;
    }

    private int execute(List<String> words)
            throws UsageException, AgentErrorException, AgentUnavailableException, RefusedException {
        var operands = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "exit", "quit" -> {
                ended = true;
                yield 0;
            }
            case "help", "?" -> operands.isEmpty() ? help() : run(new DescribeCommand(), operands);
            case "describe" -> run(new DescribeCommand(), operands);
            case "commands" -> run(new CommandsCommand(), operands);
            case "interfaces" -> run(new InterfacesCommand(), operands);
            case "call" -> run(new CallCommand(), operands);
            case "bundle" -> bundle(operands);
            default -> run(new CallCommand(), words);
        };
    }

    private int run(Verb verb, List<String> operands) throws UsageException, AgentErrorException, AgentUnavailableException {
        new CommandLine(verb).setExpandAtFiles(false).parseArgs(operands.toArray(String[]::new));
        return verb.run(agent, screen);
    }

    private int bundle(List<String> operands)
            throws UsageException, AgentErrorException, AgentUnavailableException, RefusedException {
        var line = new CommandLine(new BundleCommand()).setExpandAtFiles(false).parseArgs(operands.toArray(String[]::new));
        if (!line.hasSubcommand()) {
            throw new UsageException("bundle what? " + String.join(", ", line.commandSpec().subcommands().keySet()));
        }
        var what = line.subcommand().commandSpec().userObject();
        return what instanceof LocalVerb local ? local.run(screen) : ((Verb) what).run(agent, screen);
    }

    private int help() {
        screen.line("NAME [ARG=VALUE ...]  calls the agent's command NAME, such as: guest-ping");
        screen.line("                      JSON needs no quotes: guest-exec path=/bin/ls arg=[\"-l\", \"/\"] capture-output=true");
        screen.line("NAME {JSON}           calls it with all arguments in one object");
        verbs().forEach((verb, does) -> screen.line(String.format("%-20s  %s", verb, does)));
        screen.line("");
        screen.line("Tab completes names, arguments and values; Ctrl-C stops waiting for an answer.");
        return 0;
    }
}
