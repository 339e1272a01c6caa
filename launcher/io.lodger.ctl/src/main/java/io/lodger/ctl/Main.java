package io.lodger.ctl;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.bundle.Change;
import io.lodger.ctl.fleet.FleetRun;
import io.lodger.ctl.fleet.TargetOptions.Targets;
import io.lodger.ctl.shell.ShellCommand;
import io.lodger.ctl.text.Printable;
import io.lodger.ctl.text.ProgressBar;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.verb.Failure;
import io.lodger.ctl.verb.LocalVerb;
import io.lodger.ctl.verb.RefusedException;
import io.lodger.ctl.verb.UsageException;
import io.lodger.ctl.verb.Verb;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The entry point of {@code lodgerctl}. */
public final class Main {
    private Main() {
    }

    public static void main(String... arguments) {
        var out = writer(FileDescriptor.out);
        var err = writer(FileDescriptor.err);
        var exitCode = run(out, err, arguments);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** Runs one command line and returns the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Lodgerctl())
            .setExpandAtFiles(false)
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler((exception, words) -> refuse(exception))
            .setExecutionStrategy(Main::execute)
            .execute(arguments);
    }

    private static int execute(ParseResult line) {
        var help = CommandLine.executeHelpRequest(line);
        if (help != null) {
            return help;
        }
        var root = (Lodgerctl) line.commandSpec().userObject();
        var deepest = line;
        while (deepest.hasSubcommand()) {
            deepest = deepest.subcommand();
        }
        var commandLine = deepest.commandSpec().commandLine();
        try {
            return execute(root, deepest.commandSpec().userObject(), commandLine);
        } catch (UsageException | AgentErrorException | RefusedException | IOException | CancellationException e) {
            var failure = Failure.of(e).orElseThrow(() -> new IllegalStateException(e));
            failure.show(commandLine.getErr(), root.json());
            return failure.exitCode();
        }
    }

    private static int execute(Lodgerctl root, Object verb, CommandLine commandLine)
            throws UsageException, AgentErrorException, RefusedException, IOException {
        if (verb instanceof LocalVerb local) {
            return local.run(new Screen(commandLine.getOut(), root.json()));
        }
        if (!(verb instanceof Verb toRun)) {
            throw new CommandLine.ParameterException(commandLine, "no command given");
        }
        var targets = root.targets();
        if (root.json() || !(verb instanceof Change) || !ProgressBar.isPossible()) {
            return execute(root, targets, toRun, new Screen(commandLine.getOut(), root.json()));
        }
        try (var bar = ProgressBar.on(commandLine.getErr())) {
            // Shown when the bar is gone.
            var said = new StringWriter();
            var exitCode = execute(root, targets, toRun, new Screen(new PrintWriter(said), false, bar));
            bar.close();
            commandLine.getOut().print(said);
            commandLine.getOut().flush();
            return exitCode;
        }
    }

    private static int execute(Lodgerctl root, Targets targets, Verb verb, Screen screen)
            throws UsageException, AgentErrorException, IOException {
        if (!targets.one()) {
            if (verb instanceof ShellCommand) {
                throw new UsageException("the shell is for one agent; these options name " + targets.list().size());
            }
            return new FleetRun(root.fleet(), root.timeout(), targets.list()).run(verb, screen);
        }
        try (var agent = new Agent(targets.list().get(0), root.timeout())) {
            return verb.run(agent, screen);
        }
    }

    private static int refuse(CommandLine.ParameterException exception) {
        var commandLine = exception.getCommandLine();
        var err = commandLine.getErr();
        err.println("lodgerctl: " + Printable.text(exception.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
        return Failure.USAGE;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8)));
    }
}
