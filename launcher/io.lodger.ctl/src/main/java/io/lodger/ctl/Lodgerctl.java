package io.lodger.ctl;

import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.bundle.BundleCommand;
import io.lodger.ctl.fleet.FleetOptions;
import io.lodger.ctl.fleet.TargetOptions;
import io.lodger.ctl.fleet.TargetOptions.Targets;
import io.lodger.ctl.shell.ShellCommand;
import io.lodger.ctl.verb.CallCommand;
import io.lodger.ctl.verb.CommandsCommand;
import io.lodger.ctl.verb.DescribeCommand;
import io.lodger.ctl.verb.InterfacesCommand;
import io.lodger.ctl.verb.UsageException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options every verb has. */
@Command(name = "lodgerctl", versionProvider = ManifestVersion.class, mixinStandardHelpOptions = true, scope = ScopeType.INHERIT,
    subcommands = {
        BundleCommand.class, CallCommand.class, CommandsCommand.class, DescribeCommand.class, InterfacesCommand.class, ShellCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Talks to guest agents (Lodger, or QEMU's qemu-ga) over the unix sockets their channels have on this host, or through "
        + "libvirt.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
        "0:done",
        "1:the agent answered with an error, or a jar is not accepted",
        "2:the command line is wrong",
        "3:no agent: no socket, nobody answered in time, or the answer made no sense",
        "4:of several guests, at least one failed or was skipped",
    })
final class Lodgerctl {
    @Mixin
    private TargetOptions targets;

    @Mixin
    private FleetOptions fleet;

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

    /** The agents meant; they are not connected to yet. */
    Targets targets() throws UsageException, AgentUnavailableException {
        return targets.targets();
    }

    FleetOptions fleet() {
        return fleet;
    }

    /** How long a call may take; zero is for ever. */
    Duration timeout() {
        return timeout;
    }
}
