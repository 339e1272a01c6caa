package io.lodger.core.dispatch;

import io.lodger.command.CommandException;
import io.lodger.core.json.ArgumentException;
import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand;
import io.lodger.core.registry.RegisteredCommand.Handling;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
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

    /** The names of the commands in which calls run. */
    List<String> running() {
        return registry.all().stream().filter(RegisteredCommand::isRunning).map(command -> command.description().name()).toList();
    }

    /** Runs the command and gives the reply; empty where the command sends none. */
    Optional<Reply> dispatch(Request request, Call call) {
        try {
            return call.isOnWorker() ? runOnWorker(request, call) : runAtOnce(request, call);
        } catch (CommandException e) {
            return Optional.of(Reply.error(e.errorClass(), text(e), request.id()));
        } catch (ArgumentException e) {
            return Optional.of(Reply.error(e.getMessage(), request.id()));
        } catch (Throwable e) {
            // Errors too: a bundle taken away under a running call dies with NoClassDefFoundError, and the host is owed one reply.
            return Optional.of(failure(request, call, e));
        }
    }

    private Optional<Reply> runAtOnce(Request request, Call call) throws Exception {
        // A command may have come that was unknown when this was decided; it may block, and this thread must not.
        var command = registry.find(request.command()).filter(found -> found.handling() != Handling.WORKER)
                .orElseThrow(() -> notFound(request));
        checkPermitted(command);
        return reply(command, request, call);
    }

    private Optional<Reply> runOnWorker(Request request, Call call) throws Exception {
        try {
            call.begin();
            while (true) {
                var command = awaited(request);
                checkPermitted(command);
                call.direct(command);
                if (command.enter(call)) {
                    return run(command, request, call);
                }
                // It was taken away in between; perhaps another bundle brings a command of this name now.
            }
        } finally {
            call.end();
        }
    }

    private static Optional<Reply> run(RegisteredCommand command, Request request, Call call) throws Exception {
        try {
            if (command.handling() == Handling.WORKER) {
                call.awaitFamily();
            }
            return reply(command, request, call);
        } finally {
            command.leave(call);
        }
    }

    private static Optional<Reply> reply(RegisteredCommand command, Request request, Call call) throws Exception {
        var result = command.call(request.arguments(), call);
        var facts = command.description().facts();
        if (!facts.respondsOnSuccess()) {
            return Optional.empty();
        }
        boolean delimited = command.handling() == Handling.SYNC_DELIMITED;
        return Optional.of(delimited ? Reply.delimitedSuccess(result, request.id()) : Reply.success(result, request.id()));
    }

    private RegisteredCommand awaited(Request request) throws CommandException, InterruptedException {
        var name = request.command();
        var command = registry.find(name);
        if (command.isEmpty() && !registry.isComplete()) {
            registry.awaitStart(Optional.of(name), START_PATIENCE);
            command = registry.find(name);
        }
        return command.orElseThrow(() -> notFound(request));
    }

    private void checkPermitted(RegisteredCommand command) throws CommandException {
        if (!policy.permits(command.description())) {
            throw new CommandException(CommandException.COMMAND_NOT_FOUND,
                    "Command " + command.description().name() + " has been disabled: the command is not allowed");
        }
    }

    private static CommandException notFound(Request request) {
        return new CommandException(CommandException.COMMAND_NOT_FOUND, "The command " + request.command() + " has not been found");
    }

    private static Reply failure(Request request, Call call, Throwable e) {
        var cancelled = call.cancelled();
        if (cancelled.isPresent()) {
            return Reply.error(cancelled.get(), request.id());
        }
        try {
            LOG.log(System.Logger.Level.ERROR, () -> "command " + request.command() + " failed", e);
            return Reply.error(text(e), request.id());
        } catch (Throwable second) {
            // An exception is the bundle's code like any other, and may fail when it is asked for its message.
            return Reply.error(unexplained(e), request.id());
        }
    }

    private static String text(Throwable e) {
        var message = e.getMessage();
        if (message == null || message.isBlank()) {
            return unexplained(e);
        }
        boolean nameTells = e instanceof Error || e instanceof FileSystemException f && f.getReason() == null;
        return nameTells ? e.getClass().getSimpleName() + ": " + message : message;
    }

    private static String unexplained(Throwable e) {
        return e.getClass().getName() + " without a message";
    }
}
