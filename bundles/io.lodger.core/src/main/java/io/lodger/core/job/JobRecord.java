package io.lodger.core.job;

import io.lodger.core.execution.Failure;
import io.lodger.core.job.JobFacts.JobError;
import io.lodger.core.job.JobFacts.Progress;
import io.lodger.core.job.JobFacts.State;
import io.lodger.core.json.WrittenJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is kept of a job: everything hosts ask for, and nothing of its bundle's. */
public final class JobRecord {

    private final String id;
    private final String title;
    private final String command;
    private final String bundle;
    private final Instant started = now();
    private volatile Progress progress;
    private volatile State state = State.RUNNING;
    private Instant ended;
    private WrittenJson result;
    private Failure failure;

    JobRecord(String id, String title, String command, String bundle) {
        this.id = id;
        this.title = title;
        this.command = command;
        this.bundle = bundle;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    String command() {
        return command;
    }

    /** Notes how far it is; false when it has ended before, as a job has that was given up. */
    boolean progress(Progress latest) {
        if (hasEnded()) {
            return false;
        }
        progress = latest;
        return true;
    }

    /** Notes the end; false when it was noted before, for a job that was given up. */
    synchronized boolean end(State how, Optional<WrittenJson> returned, Optional<Failure> why) {
        if (hasEnded()) {
            return false;
        }
        ended = now();
        result = returned.orElse(null);
        failure = why.orElse(null);
        state = how;
        notifyAll();
        return true;
    }

    /** Whether it has ended. */
    public boolean hasEnded() {
        return state != State.RUNNING;
    }

    /** Whether it ended before this moment. */
    synchronized boolean endedBefore(Instant moment) {
        return hasEnded() && ended.isBefore(moment);
    }

    /** How many bytes its result takes. */
    synchronized int size() {
        return result == null ? 0 : result.size();
    }

    /** Waits for the end, but no longer than this. */
    synchronized void awaitEnd(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); !hasEnded() && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** What is known of a job that has told how far it is, without how it ended. */
    public JobProgress atWork() {
        return new JobProgress(id, title, command, bundle, progress);
    }

    /** All that is known of it. */
    public synchronized JobFacts facts() {
        return new JobFacts(id, title, command, bundle, state, started.toString(), Optional.ofNullable(ended).map(Instant::toString),
                Optional.ofNullable(progress), Optional.ofNullable(result),
                Optional.ofNullable(failure).map(why -> new JobError(why.errorClass(), why.description())));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
