package io.lodger.core.execution;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs short tasks after a while, on a thread that ends by itself when there is none. */
public final class Clock implements AutoCloseable {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private final ScheduledThreadPoolExecutor tasks;

    /** A clock whose thread has this name. */
    public Clock(String name) {
        tasks = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.DiscardPolicy());
        tasks.setKeepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS);
        tasks.allowCoreThreadTimeOut(true);
        tasks.setRemoveOnCancelPolicy(true);
    }

    /** Runs a short task after a while; never, once the clock is closed. */
    public Future<?> after(Duration delay, Runnable task) {
        return tasks.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        tasks.shutdownNow();
    }
}
