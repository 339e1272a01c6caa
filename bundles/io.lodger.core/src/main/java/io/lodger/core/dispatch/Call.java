package io.lodger.core.dispatch;

import io.lodger.command.CommandContext;
import io.lodger.core.registry.RegisteredCommand;
import io.lodger.core.registry.RunningCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One call of a command: what the command sees of it, and the handle by which it is cancelled. */
final class Call implements CommandContext, RunningCall {

    private static final System.Logger LOG = System.getLogger(Call.class.getName());

    private final Channel channel;
    private final Pending request;
    private final Deque<Runnable> actions = new ArrayDeque<>();
    private RegisteredCommand command;
    private Thread executor;
    private Optional<String> cancelled = Optional.empty();
    private boolean ended;

    Call(Channel channel, Pending request) {
        this.channel = channel;
        this.request = request;
    }

    /** The request that this call answers. */
    Pending request() {
        return request;
    }

    /** Says which command the call goes to, before it is entered. */
    synchronized void direct(RegisteredCommand to) {
        command = to;
    }

    /** The command that the call runs in; empty while it is not known. */
    synchronized Optional<RegisteredCommand> command() {
        return Optional.ofNullable(command);
    }

    /** Says that this thread executes the command from now on, and waits until nothing stands against it. */
    void begin() throws InterruptedException {
        synchronized (this) {
            if (cancelled.isPresent()) {
                throw new InterruptedException(cancelled.get());
            }
            executor = Thread.currentThread();
        }
        channel.awaitFamily(this);
    }

    /** Says that the command has ended. From here on nothing interrupts its thread. */
    synchronized void end() {
        ended = true;
        executor = null;
        actions.clear();
        // A cancellation that came at the last moment must not hit what this thread does next.
        Thread.interrupted();
    }

    /** Whether both calls go to commands of one bundle. */
    boolean isOfSameFamily(Call other) {
        return command().map(Call::bundle).equals(other.command().map(Call::bundle));
    }

    private static String bundle(RegisteredCommand command) {
        return command.description().origin().bundle();
    }

    /** Why the call was cancelled, if it was. */
    synchronized Optional<String> cancelled() {
        return cancelled;
    }

    @Override
    public void cancel(String reason) {
        List<Runnable> todo;
        synchronized (this) {
            if (ended || cancelled.isPresent()) {
                return;
            }
            cancelled = Optional.of(reason);
            todo = new ArrayList<>(actions);
            actions.clear();
        }
        // The actions are the bundle's code and may hang; whoever cancels must not hang with them.
        var canceller = new Thread(() -> {
            todo.forEach(Call::runAction);
            interrupt();
        }, "cancel-" + Thread.currentThread().getName());
        canceller.setDaemon(true);
        canceller.start();
    }

    private static void runAction(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "an action on cancel failed", e);
        }
    }

    private synchronized void interrupt() {
        if (executor != null) {
            executor.interrupt();
        }
    }

    @Override
    public void giveUp(String reason) {
        channel.detach(this, Optional.of(reason));
    }

    @Override
    public void progress(String what, long done, long total) {
        LOG.log(System.Logger.Level.DEBUG, "{0}: {1} of {2}", what, done, total);
    }

    @Override
    public boolean isCancelled() {
        return cancelled().isPresent();
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (ended) {
                throw new IllegalStateException("the call has ended");
            }
            if (cancelled.isEmpty()) {
                actions.push(action);
                return;
            }
        }
        runAction(action);
    }
}
