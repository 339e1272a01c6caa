package io.lodger.save.helper;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts things in order when the work is to end before its time: on SIGTERM, and when the agent has gone. Bounded in time; after that
 * the process ends whatever is still undone.
 */
final class Cancellation {

    /** Well within the time after which the agent kills this process. */
    private static final Duration PATIENCE = Duration.ofMillis(2000);

    private final Thread worker = Thread.currentThread();
    private final Deque<Runnable> actions = new ArrayDeque<>();
    private boolean cancelled;
    private boolean ended;
    private boolean clean;

    /** Names what is to be done; at once when it is cancelled already. Later ones are done first. */
    void add(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.push(action);
                return;
            }
        }
        action.run();
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Says that the work has ended by itself; false when it was cancelled before. */
    synchronized boolean end() {
        ended = !cancelled;
        clean = true;
        notifyAll();
        return ended;
    }

    /** Cancels the work unless it has ended, and waits for its end. */
    void cancel() {
        synchronized (this) {
            if (ended) {
                return;
            }
            cancelled = true;
        }
        var cleaning = new Thread(this::clean, "cleaning");
        cleaning.setDaemon(true);
        cleaning.start();
        awaitEnd();
    }

    private void clean() {
        for (var action = next(); action != null; action = next()) {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                System.err.println("while the work was cancelled: " + e);
            }
        }
        worker.interrupt();
    }

    private synchronized Runnable next() {
        return actions.poll();
    }

    private synchronized void awaitEnd() {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (long left = PATIENCE.toMillis(); !clean && left > 0; left = (limit - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            // Then there is no time left.
        }
    }
}
