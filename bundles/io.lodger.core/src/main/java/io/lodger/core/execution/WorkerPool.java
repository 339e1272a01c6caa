package io.lodger.core.execution;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which commands run, bounded over all channels, and the clock of their graces. Idle threads end by themselves. */
public final class WorkerPool implements AutoCloseable {

    private static final int LARGE_REQUEST = 4 << 20;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private final int size;
    private final Semaphore free;
    private final ThreadPoolExecutor workers;
    private final Clock clock = new Clock("grace");
    private Future<?> collection;

    /** A pool of at most so many workers. */
    public WorkerPool(int size) {
        this.size = size;
        free = new Semaphore(size);
        var count = new AtomicInteger();
        // The semaphore bounds it. A bound of the executor's own would also count workers that have done their task and not yet slept.
        workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(),
                task -> daemon(task, "worker-" + count.incrementAndGet()));
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        // A command that ignores its interruption must not keep the agent from ending.
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs a task on a worker, which the task itself has to {@link #release} when it is done.
     *
     * @return false when all workers are taken, as they are by commands that hang, or the pool is closed
     */
    public boolean tryExecute(Runnable task) {
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            workers.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            free.release();
            return false;
        }
    }

    /** Says that the calling worker is free again, but for its way to sleep. */
    public void release() {
        free.release();
    }

    /** How many commands may run at a time. */
    public int size() {
        return size;
    }

    /** Whether the agent ends. */
    public boolean isClosed() {
        return workers.isShutdown();
    }

    /** The clock of the graces, which stands still once the pool is closed. */
    public Clock clock() {
        return clock;
    }

    /** How many of them are taken. */
    public int busy() {
        return size - free.availablePermits();
    }

    /** Has the memory of a large request given back to the machine rather than kept for the next. */
    public void dealtWith(int requestBytes) {
        if (requestBytes >= LARGE_REQUEST) {
            collectSoon();
        }
    }

    /** Not at once: whoever calls this still refers to the request. */
    private synchronized void collectSoon() {
        if (collection == null || collection.isDone()) {
            collection = clock.after(SOON, System::gc);
        }
    }

    @Override
    public void close() {
        clock.close();
        workers.shutdownNow();
    }
}
