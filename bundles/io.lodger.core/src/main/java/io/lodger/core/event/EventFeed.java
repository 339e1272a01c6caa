package io.lodger.core.event;

import io.lodger.core.job.JobListener;
import io.lodger.core.job.JobRecord;
import io.lodger.core.job.Jobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tells the connections that want it what becomes of the jobs. The thread that does it is there only while some connection wants it,
 * and sleeps while nothing happens.
 */
public final class EventFeed implements JobListener {

    /** How far jobs are is told no more often than this: the newest of each job at the end of the time. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** So much a host may leave unread before it is no longer told how far jobs are, and then that they have ended. */
    private static final long PROGRESS_UNREAD_LIMIT = 64 << 10;
    private static final long END_UNREAD_LIMIT = 256 << 10;

    private final Jobs jobs;
    private final Set<EventReceiver> receivers = new HashSet<>();
    private final Set<JobRecord> progressed = new LinkedHashSet<>();
    private final List<JobRecord> ended = new ArrayList<>();
    private long quietUntil = System.nanoTime();
    private boolean running;

    /** A feed of the events of these jobs, which nobody gets yet. */
    public EventFeed(Jobs jobs) {
        this.jobs = jobs;
    }

    /** What is sent at a time, and to whom. */
    private record Batch(List<Event> events, List<EventReceiver> receivers) {
    }

    /** Lets a connection have the events from now on. */
    public synchronized void add(EventReceiver receiver) {
        receivers.add(receiver);
        if (!running) {
            running = true;
            jobs.listener(this);
            var thread = new Thread(this::run, "events");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Lets a connection have no more of them. */
    public synchronized void remove(EventReceiver receiver) {
        receivers.remove(receiver);
        notifyAll();
    }

    @Override
    public synchronized void progressed(JobRecord job) {
        if (!job.hasEnded() && progressed.add(job)) {
            notifyAll();
        }
    }

    @Override
    public synchronized void ended(JobRecord job) {
        ended.add(job);
        notifyAll();
    }

    private void run() {
        try {
            for (var batch = next(); !batch.receivers().isEmpty(); batch = next()) {
                for (var event : batch.events()) {
                    batch.receivers().forEach(receiver -> receiver.offer(event));
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Waits for what is to be sent; to nobody when nobody is left. */
    private synchronized Batch next() throws InterruptedException {
        while (!receivers.isEmpty() && ended.isEmpty() && (progressed.isEmpty() || isQuiet())) {
            if (progressed.isEmpty()) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, quietUntil - System.nanoTime());
            }
        }
        if (receivers.isEmpty()) {
            running = false;
            jobs.listener(null);
            progressed.clear();
            ended.clear();
            return new Batch(List.of(), List.of());
        }
        return new Batch(drain(), List.copyOf(receivers));
    }

    private List<Event> drain() {
        var events = new ArrayList<Event>();
        if (!isQuiet()) {
            quietUntil = System.nanoTime() + INTERVAL.toNanos();
            progressed.forEach(job -> events.add(progress(job)));
            progressed.clear();
        }
        for (var job : ended) {
            if (progressed.remove(job)) {
                events.add(progress(job));
            }
            events.add(Event.now("LODGER_JOB_ENDED", job.facts().withoutResult(), END_UNREAD_LIMIT));
        }
        ended.clear();
        return events;
    }

    private boolean isQuiet() {
        return quietUntil - System.nanoTime() > 0;
    }

    private static Event progress(JobRecord job) {
        return Event.now("LODGER_JOB_PROGRESS", job.atWork(), PROGRESS_UNREAD_LIMIT);
    }
}
