package io.lodger.core.dispatch;

import io.lodger.command.CommandException;
import io.lodger.core.json.ArgumentException;
import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand;
import io.lodger.core.registry.RegisteredCommand.Handling;
import java.time.Duration;
import java.util.Optional;

/** Brings a request to its command and makes the reply, whatever the command does. */
public final class Dispatcher {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    /** How long a request for an unknown command waits for bundles that are still starting. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final CommandRegistry registry;
    private final CommandPolicy policy;

    public Dispatcher(CommandRegistry registry, CommandPolicy policy) {
        this.registry = registry;
        this.policy = policy;
    }

    /** Whether the thread that reads the channel may deal with this request itself, for it takes no time worth speaking of. */
    boolean isImmediate(Request request) {
        return handling(request).map(handling -> handling != Handling.WORKER).orElseGet(registry::isComplete);
    }

    /** Whether this request brings host and agent in step again. */
    boolean isSync(Request request) {
        return handling(request).filter(handling -> handling.compareTo(Handling.SYNC) >= 0).isPresent();
    }

    private Optional<Handling> handling(Request request) {
        return registry.find(request.command()).map(RegisteredCommand::handling);
    }

    /** Runs the command and gives the reply; empty where the command sends none. */
    Optional<Reply> dispatch(Request request, Call call) {
        try {
            return run(request, call);
        } catch (CommandException e) {
            return Optional.of(Reply.error(e.errorClass(), text(e), request.id()));
        } catch (ArgumentException e) {
            return Optional.of(Reply.error(e.getMessage(), request.id()));
        } catch (Throwable e) {
            // Errors too: a bundle taken away under a running call dies with NoClassDefFoundError, and the host is owed one reply.
            return Optional.of(failure(request, call, e));
        }
    }

    private Optional<Reply> run(Request request, Call call) throws Exception {
        while (true) {
            var command = find(request);
            if (!policy.permits(command.description())) {
                throw new CommandException(CommandException.COMMAND_NOT_FOUND,
                        "Command " + request.command() + " has been disabled: the command is not allowed");
            }
            call.direct(command);
            if (command.enter(call)) {
                try {
                    return run(command, request, call);
                } finally {
                    call.end();
                    command.leave(call);
                }
            }
            // It was taken away in between; perhaps another bundle brings a command of this name now.
        }
    }

    private static Optional<Reply> run(RegisteredCommand command, Request request, Call call) throws Exception {
        call.begin();
        var result = command.call(request.arguments(), call);
        var facts = command.description().facts();
        if (!facts.respondsOnSuccess()) {
            return Optional.empty();
        }
        boolean delimited = command.handling() == Handling.SYNC_DELIMITED;
        return Optional.of(delimited ? Reply.delimitedSuccess(result, request.id()) : Reply.success(result, request.id()));
    }

    private RegisteredCommand find(Request request) throws CommandException, InterruptedException {
        var name = request.command();
        var command = registry.find(name);
        if (command.isEmpty() && !registry.isComplete()) {
            registry.awaitStart(Optional.of(name), START_PATIENCE);
            command = registry.find(name);
        }
        return command.orElseThrow(() -> new CommandException(
                CommandException.COMMAND_NOT_FOUND, "The command " + name + " has not been found"));
    }

    private static Reply failure(Request request, Call call, Throwable e) {
        var cancelled = call.cancelled();
        if (cancelled.isPresent()) {
            return Reply.error(cancelled.get(), request.id());
        }
        LOG.log(System.Logger.Level.ERROR, () -> "command " + request.command() + " failed", e);
        return Reply.error(text(e), request.id());
    }

    private static String text(Throwable e) {
        if (e.getMessage() == null || e.getMessage().isBlank()) {
            return e.getClass().getName() + " without a message";
        }
        return e instanceof Error ? e.getClass().getSimpleName() + ": " + e.getMessage() : e.getMessage();
    }
}
