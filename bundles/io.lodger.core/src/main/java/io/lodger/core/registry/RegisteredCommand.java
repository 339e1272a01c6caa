package io.lodger.core.registry;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.core.execution.BundleMark;
import io.lodger.core.json.Binding;
import io.lodger.core.json.Json;
import io.lodger.core.json.Result;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A command as long as it is registered, with the calls that run in it. */
public final class RegisteredCommand {

    /** What the core grants to commands of its own. */
    public enum Handling {
        /** The command runs on a worker thread and may take its time. */
        WORKER,
        /** The command never blocks: the thread that reads the channel may run it. */
        IMMEDIATE,
        /** As {@link #IMMEDIATE}; and the command brings host and agent in step again. */
        SYNC,
        /** As {@link #SYNC}; and the byte 0xFF goes before its reply. */
        SYNC_DELIMITED
    }

    private final CommandDescription description;
    private final Command<Record, Object> command;
    private final Handling handling;
    private final Set<RunningCall> calls = new HashSet<>();
    private final CommandCounts counts = new CommandCounts();
    private Binding binding;
    private BundleMark mark;
    private boolean closed;

    /**
     * A command ready for calls.
     *
     * @param handling what the core grants to this command
     */
    @SuppressWarnings("unchecked")
    RegisteredCommand(CommandDescription description, Command<?, ?> command, Handling handling) {
        this.description = description;
        this.command = (Command<Record, Object>) command;
        this.handling = handling;
    }

    public CommandDescription description() {
        return description;
    }

    public Handling handling() {
        return handling;
    }

    /** What has become of its calls and jobs. */
    public CommandCounts counts() {
        return counts;
    }

    /** What marks the threads on which its calls and jobs run. */
    public synchronized BundleMark mark() {
        if (mark == null) {
            var origin = description.origin();
            mark = new BundleMark(origin.bundle(), origin.version(), command.getClass().getClassLoader());
        }
        return mark;
    }

    /** Starts a call, to be followed by {@link #leave}; false when the command has been taken away. */
    public synchronized boolean enter(RunningCall call) {
        return !closed && calls.add(call);
    }

    /** The calls that run in it, and the jobs that such calls have started. */
    public synchronized List<RunningCall> running() {
        return List.copyOf(calls);
    }

    /** How many workers its calls hold. */
    public int workersHeld() {
        return (int) running().stream().filter(call -> !call.isJob()).count();
    }

    /** Lets no new call in. */
    synchronized void close() {
        closed = true;
    }

    /** Whether calls may be made. */
    synchronized boolean isOpen() {
        return !closed;
    }

    /** Ends a call. */
    public synchronized void leave(RunningCall call) {
        calls.remove(call);
        notifyAll();
    }

    /** Binds the arguments, runs the command and gives its result. */
    public Result call(Json arguments, CommandContext context) throws Exception {
        var bound = binding();
        var record = bound.arguments(arguments);
        return bound.result(handling == Handling.WORKER ? mark().on(() -> command.execute(record, context))
                : command.execute(record, context));
    }

    private synchronized Binding binding() {
        if (binding == null) {
            binding = new Binding(description.arguments(), description.result());
        }
        return binding;
    }

    /**
     * Takes no new calls, asks the running ones to end, and lets go of those that have not ended in time.
     *
     * @param patience how long running calls may take to end
     */
    void drain(Duration patience) {
        var name = description.name();
        closeAndList().forEach(call -> call.cancel("The command " + name + " was taken away while it ran"));
        awaitEnd(patience);
        closeAndList().forEach(call -> call.giveUp("The command " + name + " was taken away while it ran, and did not stop when asked"));
        markGone();
    }

    private synchronized void markGone() {
        if (mark != null) {
            mark.gone();
        }
    }

    private synchronized List<RunningCall> closeAndList() {
        closed = true;
        return List.copyOf(calls);
    }

    /** Waits for the calls that run, but no longer than this. */
    synchronized void awaitEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        for (long left = patience.toNanos(); !calls.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
