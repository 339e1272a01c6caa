package io.lodger.core.builtin;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.core.registry.CommandDescription;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand;
import io.lodger.core.schema.JsonSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@GuestCommand(name = "lodger-describe")
@Doc("Describes commands: what they do, where they come from, and their arguments and results as JSON Schema.")
public final class Describe implements Command<Describe.Which, List<Describe.Description>> {

    private final CommandRegistry registry;

    public Describe(CommandRegistry registry) {
        this.registry = registry;
    }

    /** Which command to describe. */
    public record Which(@Doc("The name of one command; without it all are described.") Optional<String> command) {
    }

    /** A command in full. */
    public record Description(
            @Doc("The command's name.") String name,
            @Doc("What it does.") String doc,
            @Doc("The symbolic name of the bundle it comes from.") String bundle,
            @Doc("The version of that bundle.") String bundleVersion,
            @Doc("The arguments as JSON Schema.") Map<String, Object> arguments,
            @Doc("The result as JSON Schema.") Map<String, Object> result,
            @Doc("Whether it replies when it succeeds; it always replies when it fails.") boolean respondsOnSuccess,
            @Doc("Whether it may be used while file systems are frozen.") boolean whileFrozen) {
    }

    @Override
    public List<Description> execute(Which which, CommandContext context) throws CommandException, InterruptedException {
        registry.awaitStart(which.command(), Info.START_PATIENCE);
        if (which.command().isEmpty()) {
            return registry.all().stream().map(Describe::description).toList();
        }
        var name = which.command().get();
        return List.of(registry.find(name).map(Describe::description).orElseThrow(() -> new CommandException(
                CommandException.COMMAND_NOT_FOUND, "The command " + name + " has not been found")));
    }

    private static Description description(RegisteredCommand registered) {
        CommandDescription command = registered.description();
        return new Description(command.name(), command.doc(), command.origin().bundle(), command.origin().version(),
                JsonSchema.of(command.arguments()), JsonSchema.of(command.result()),
                command.facts().respondsOnSuccess(), command.facts().whileFrozen());
    }
}
