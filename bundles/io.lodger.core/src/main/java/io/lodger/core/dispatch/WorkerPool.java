package io.lodger.core.dispatch;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which commands run, bounded over all channels, and the clock of their graces. Idle threads end by themselves. */
public final class WorkerPool implements AutoCloseable {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;

    /** A pool of at most so many workers. */
    public WorkerPool(int size) {
        var count = new AtomicInteger();
        workers = new ThreadPoolExecutor(0, size, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(),
                task -> daemon(task, "worker-" + count.incrementAndGet()));
        clock = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "grace"));
        clock.setKeepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        clock.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        // A command that ignores its interruption must not keep the agent from ending.
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs a task on a worker.
     *
     * @throws RejectedExecutionException when all workers are taken, as they are by commands that hang
     */
    void execute(Runnable task) {
        workers.execute(task);
    }

    /** How many commands may run at a time. */
    int size() {
        return workers.getMaximumPoolSize();
    }

    /** Runs a short task after a while. */
    Future<?> after(Duration delay, Runnable task) {
        return clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
    }
}
