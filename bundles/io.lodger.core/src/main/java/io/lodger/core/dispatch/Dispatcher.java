package io.lodger.core.dispatch;

import io.lodger.command.CommandException;
import io.lodger.command.Job;
import io.lodger.command.StartedJob;
import io.lodger.core.job.Jobs;
import io.lodger.core.output.ReplyFate;
import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand.Handling;
import io.lodger.core.registry.RegisteredCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings a request to its command and makes the reply, whatever the command does. */
public final class Dispatcher {

    /** How long a request for an unknown command waits for bundles that are still starting. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final CommandRegistry registry;
    private final CommandPolicy policy;
    private final Jobs jobs;

    public Dispatcher(CommandRegistry registry, CommandPolicy policy, Jobs jobs) {
        this.registry = registry;
        this.policy = policy;
        this.jobs = jobs;
    }

    /** Whether the thread that reads the channel may deal with this itself, for it takes no time worth speaking of. */
    boolean isImmediate(Pending item) {
        return item.request().map(this::isImmediate).orElse(true);
    }

    private boolean isImmediate(Request request) {
        return handling(request).map(handling -> handling != Handling.WORKER).orElseGet(() -> !registry.mayCome(request.command()));
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
        return registry.all().stream().filter(command -> command.workersHeld() > 0).map(command -> command.description().name()).toList();
    }

    /** Runs the command and gives the reply; empty where the command sends none. */
    Optional<Reply> dispatch(Request request, Call call) {
        try {
            return call.isOnWorker() ? runOnWorker(request, call) : runAtOnce(request, call);
        } catch (Throwable e) {
            // Errors too: a bundle taken away under a running call dies with NoClassDefFoundError, and the host is owed one reply.
            call.fate().ifPresent(ReplyFate::lost);
            return Optional.of(ErrorReplies.failure(request, call, e));
        }
    }

    private Optional<Reply> runAtOnce(Request request, Call call) throws Exception {
        // A command may have come that was unknown when this was decided; it may block, and this thread must not.
        var command = registry.find(request.command()).filter(found -> found.handling() != Handling.WORKER)
                .orElseThrow(() -> ErrorReplies.notFound(request));
        checkPermitted(command, request);
        return reply(command, request, call);
    }

    private Optional<Reply> runOnWorker(Request request, Call call) throws Exception {
        try {
            call.begin();
            while (true) {
                var command = awaited(request);
                checkPermitted(command, request);
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
        command.counts().begin();
        try {
            var result = command.call(request.arguments(), call);
            if (!command.description().facts().respondsOnSuccess()) {
                return Optional.empty();
            }
            boolean delimited = command.handling() == Handling.SYNC_DELIMITED;
            return Optional.of(delimited ? Reply.delimitedSuccess(result, request.id()) : Reply.success(result, request.id()));
        } catch (Throwable e) {
            command.counts().fail(e, call.isCancelled());
            throw e;
        }
    }

    /** Starts a job of a command; refused when the command itself would be by now, as it is once file systems are frozen. */
    StartedJob startJob(RegisteredCommand command, String title, Job<?> job) throws CommandException {
        if (!policy.permits(command.description())) {
            throw new CommandException("The command " + command.description().name() + " starts no job while file systems are frozen");
        }
        return jobs.start(command, title, job);
    }

    private RegisteredCommand awaited(Request request) throws CommandException, InterruptedException {
        var name = request.command();
        var command = registry.find(name);
        if (command.isEmpty() && registry.mayCome(name)) {
            registry.awaitStart(Optional.of(name), START_PATIENCE);
            command = registry.find(name);
        }
        return command.orElseThrow(() -> ErrorReplies.notFound(request));
    }

    private void checkPermitted(RegisteredCommand command, Request request) throws CommandException {
        if (!policy.permits(command.description())) {
            throw ErrorReplies.disabled(request);
        }
    }
}
