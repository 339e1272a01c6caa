package io.lodger.ctl;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.shell.ShellCommand;
import io.lodger.ctl.verb.CallCommand;
import io.lodger.ctl.verb.CommandsCommand;
import io.lodger.ctl.verb.DescribeCommand;
import io.lodger.ctl.verb.InterfacesCommand;
import io.lodger.ctl.verb.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options every verb has. */
@Command(name = "lodgerctl", versionProvider = ManifestVersion.class, mixinStandardHelpOptions = true, scope = ScopeType.INHERIT,
    subcommands = {
        CallCommand.class, CommandsCommand.class, DescribeCommand.class, InterfacesCommand.class, ShellCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Talks to a guest agent (Lodger, or QEMU's qemu-ga) over the unix socket its channel has on this host.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:done",
        "1:the agent answered with an error",
        "2:the command line is wrong",
        "3:no agent: no socket, nobody answered in time, or the answer made no sense",
    })
final class Lodgerctl {
    @Option(names = {"-s", "--socket"}, paramLabel = "PATH", scope = ScopeType.INHERIT, defaultValue = "${env:LODGER_SOCKET}",
        description = "The agent channel's socket. Default: the environment variable LODGER_SOCKET.")
    private Path socket;

    @Option(names = {"-j", "--json"}, scope = ScopeType.INHERIT,
        description = "One line of JSON for programs: results on standard output, errors on standard error.")
    private boolean json;

    @Option(names = {"-t", "--timeout"}, paramLabel = "SECONDS", scope = ScopeType.INHERIT, defaultValue = "60", converter = Seconds.class,
        description = "How long a call may take; 0 is for ever. Default: 60. Getting into step with the agent before may take 5 s at most, "
            + "or SECONDS if that is less.")
    private Duration timeout;

    boolean json() {
        return json;
    }

    /** The agent the options name; it is not connected to yet. */
    Agent agent() throws UsageException {
        if (socket == null || socket.toString().isEmpty()) {
            throw new UsageException("no socket given: add --socket PATH, or set the environment variable LODGER_SOCKET");
        }
        return new Agent(socket, timeout);
    }
}
