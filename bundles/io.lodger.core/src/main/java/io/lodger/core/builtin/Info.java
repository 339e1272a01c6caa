package io.lodger.core.builtin;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import io.lodger.command.WireName;
import io.lodger.core.dispatch.CommandPolicy;
import io.lodger.core.registry.CommandDescription;
import io.lodger.core.registry.CommandRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@GuestCommand(name = "guest-info", whileFrozen = true)
@Doc("Tells the agent's version and which commands it has.")
public final class Info implements Command<NoArguments, Info.AgentInfo> {

    /** Hosts ask once and keep the answer, so it waits for bundles that are still starting; but not for ever. */
    static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final String version;
    private final CommandRegistry registry;
    private final CommandPolicy policy;

    public Info(String version, CommandRegistry registry, CommandPolicy policy) {
        this.version = version;
        this.registry = registry;
        this.policy = policy;
    }

    /** The agent and its commands. */
    public record AgentInfo(
            @Doc("The agent's version.") String version,
            @WireName("supported_commands") @Doc("Every command the agent has, by name.") List<CommandInfo> supportedCommands) {
    }

    /** A command in short. */
    public record CommandInfo(
            @Doc("The command's name.") String name,
            @Doc("Whether it may be used now: lists and frozen file systems forbid commands.") boolean enabled,
            @Doc("Whether it replies when it succeeds.") boolean successResponse) {
    }

    @Override
    public AgentInfo execute(NoArguments none, CommandContext context) throws InterruptedException {
        registry.awaitStart(Optional.empty(), START_PATIENCE);
        return new AgentInfo(version, registry.all().stream().map(command -> info(command.description())).toList());
    }

    private CommandInfo info(CommandDescription command) {
        return new CommandInfo(command.name(), policy.permits(command), command.facts().respondsOnSuccess());
    }
}
