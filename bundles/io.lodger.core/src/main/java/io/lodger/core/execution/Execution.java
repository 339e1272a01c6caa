package io.lodger.core.execution;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A bundle's work on one thread, a call or a job, as far as it can be told that nobody wants it any more. */
public final class Execution {

    /** How long the actions of cancelled work may take before its thread is interrupted all the same. */
    private static final Duration ACTIONS_PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final Clock clock;
    private final long began = System.nanoTime();
    private final Deque<Runnable> actions = new ArrayDeque<>(0);
    private Thread executor;
    private Optional<String> cancelled = Optional.empty();
    private boolean overdue;
    private boolean ended;

    /**
     * Work that has yet to begin.
     *
     * @param name what the log calls it
     */
    public Execution(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** How long it has been there. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Says that this thread does the work from now on. */
    public synchronized void begin() throws InterruptedException {
        if (cancelled.isPresent()) {
            throw new InterruptedException(cancelled.get());
        }
        executor = Thread.currentThread();
    }

    /** Says that the work has ended. From here on nothing interrupts its thread. */
    public synchronized void end() {
        ended = true;
        executor = null;
        actions.clear();
        // A cancellation that came at the last moment must not hit what this thread does next.
        Thread.interrupted();
    }

    /** Why the work was cancelled, if it was. */
    public synchronized Optional<String> cancelled() {
        return cancelled;
    }

    /** Asks the work to end; false when it has ended, or was asked before. */
    public boolean cancel(String reason) {
        synchronized (this) {
            if (ended || cancelled.isPresent()) {
                return false;
            }
            cancelled = Optional.of(reason);
        }
        // The actions are the bundle's code and may hang; neither whoever cancels nor the interruption must hang with them.
        var canceller = new Thread(() -> {
            runActions();
            interrupt();
        }, "cancel-" + Thread.currentThread().getName());
        canceller.setDaemon(true);
        canceller.start();
        clock.after(ACTIONS_PATIENCE, this::insist);
        return true;
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
            System.getLogger(Execution.class.getName()).log(System.Logger.Level.WARNING, "an action on cancel failed", e);
        }
    }

    private void insist() {
        synchronized (this) {
            if (ended) {
                return;
            }
            overdue = true;
        }
        interrupt();
        System.getLogger(Execution.class.getName()).log(System.Logger.Level.WARNING, "{0} still runs {1} s after it was asked to end: {2}",
                name, ACTIONS_PATIENCE.toSeconds(), cancelled().orElseThrow());
    }

    /** Whether it was asked to end a while ago and has not. */
    public synchronized boolean isOverdue() {
        return overdue && !ended;
    }

    private synchronized void interrupt() {
        if (executor != null) {
            executor.interrupt();
        }
    }

    /** Names what must happen when the work is cancelled; it happens now when that was before. */
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

    /**
     * Refuses what is asked for when the work has ended.
     *
     * @throws IllegalStateException when it has
     */
    public synchronized void requireRunning() {
        if (ended) {
            throw new IllegalStateException("the work that this context belongs to has ended");
        }
    }
}
