package io.lodger.ctl;

import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.text.Printable;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.verb.Failure;
import io.lodger.ctl.verb.UsageException;
import io.lodger.ctl.verb.Verb;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
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
        var verb = line.hasSubcommand() ? line.subcommand().commandSpec() : line.commandSpec();
        if (!(verb.userObject() instanceof Verb toRun)) {
            throw new CommandLine.ParameterException(verb.commandLine(), "no command given");
        }
        var commandLine = verb.commandLine();
        try (var agent = root.agent()) {
            return toRun.run(agent, new Screen(commandLine.getOut(), root.json()));
        } catch (UsageException | AgentErrorException | IOException | CancellationException e) {
            var failure = Failure.of(e).orElseThrow(() -> new IllegalStateException(e));
            failure.show(commandLine.getErr(), root.json());
            return failure.exitCode();
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
