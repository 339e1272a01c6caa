package io.lodger.core.dispatch;

import io.lodger.command.CommandContext;
import io.lodger.core.protocol.Request;
import io.lodger.core.registry.RegisteredCommand;
import io.lodger.core.registry.RunningCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One call of a command: what the command sees of it, and the handle by which it is cancelled. */
final class Call implements CommandContext, RunningCall {

    /** How long the actions of a cancelled call may take before its thread is interrupted all the same. */
    private static final Duration ACTIONS_PATIENCE = Duration.ofSeconds(2);

    private final Channel channel;
    private final WorkerPool workers;
    private final Pending request;
    private final boolean onWorker;
    private final long started = System.nanoTime();
    private final Deque<Runnable> actions = new ArrayDeque<>(0);
    private ReplyFate fate;
    private RegisteredCommand command;
    private Thread executor;
    private Optional<String> cancelled = Optional.empty();
    private boolean ended;

    /** A call that answers a request, on a worker or on the thread that reads the channel. */
    Call(Channel channel, WorkerPool workers, Pending request, boolean onWorker) {
        this.channel = channel;
        this.workers = workers;
        this.request = request;
        this.onWorker = onWorker;
    }

    /** The request that this call answers. */
    Pending request() {
        return request;
    }

    /** Whether the call may take its time, and be cancelled. */
    boolean isOnWorker() {
        return onWorker;
    }

    /** How long it has been there. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Says which command the call goes to, before it is entered. */
    synchronized void direct(RegisteredCommand to) {
        command = to;
    }

    /** The command that the call runs in; empty while it is not known. */
    synchronized Optional<RegisteredCommand> command() {
        return Optional.ofNullable(command);
    }

    /** Says that this thread executes the call from now on. */
    synchronized void begin() throws InterruptedException {
        if (cancelled.isPresent()) {
            throw new InterruptedException(cancelled.get());
        }
        executor = Thread.currentThread();
    }

    /** Waits until nothing stands against running the command. */
    void awaitFamily() throws InterruptedException {
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

    /** Whom to tell what becomes of the reply, if anybody asked. */
    synchronized Optional<ReplyFate> fate() {
        return Optional.ofNullable(fate);
    }

    /** Why the call was cancelled, if it was. */
    synchronized Optional<String> cancelled() {
        return cancelled;
    }

    @Override
    public void cancel(String reason) {
        synchronized (this) {
            if (ended || cancelled.isPresent()) {
                return;
            }
            cancelled = Optional.of(reason);
        }
        log().log(System.Logger.Level.WARNING, "{0}: {1}", request.request().map(Request::command).orElse("?"), reason);
        // The actions are the bundle's code and may hang; neither whoever cancels nor the interruption must hang with them.
        var canceller = new Thread(() -> {
            runActions();
            interrupt();
        }, "cancel-" + Thread.currentThread().getName());
        canceller.setDaemon(true);
        canceller.start();
        workers.after(ACTIONS_PATIENCE, this::interrupt);
    }

    private void runActions() {
        for (var action = nextAction(); action.isPresent(); action = nextAction()) {
            run(action.get());
        }
    }

    private synchronized Optional<Runnable> nextAction() {
        return Optional.ofNullable(actions.poll());
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            // Errors too: the action's bundle may be gone already, and the actions after it are still to run.
            log().log(System.Logger.Level.WARNING, "an action on cancel failed", e);
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
        log().log(System.Logger.Level.DEBUG, "{0}: {1} of {2}", what, done, total);
    }

    @Override
    public boolean isCancelled() {
        return cancelled().isPresent();
    }

    @Override
    public synchronized void afterReply(Runnable whenSent, Runnable whenLost) {
        requireRunning();
        fate = fate == null ? new ReplyFate() : fate;
        fate.add(whenSent, whenLost);
    }

    private void requireRunning() {
        if (ended) {
            throw new IllegalStateException("the call has ended");
        }
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            requireRunning();
            if (cancelled.isEmpty()) {
                actions.push(action);
                return;
            }
        }
        run(action);
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(Call.class.getName());
    }
}
