package io.lodger.core.job;

import io.lodger.command.CommandException;
import io.lodger.command.Job;
import io.lodger.command.StartedJob;
import io.lodger.core.execution.Clock;
import io.lodger.core.execution.Failure;
import io.lodger.core.job.JobFacts.Progress;
import io.lodger.core.job.JobFacts.State;
import io.lodger.core.json.WrittenJson;
import io.lodger.core.registry.RegisteredCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The agent's jobs: those that run, and what is kept of those that have ended. */
public final class Jobs implements AutoCloseable {

    /** So many run at a time, each on a thread of its own. */
    public static final int RUNNING_LIMIT = 16;

    /** So many that have ended are kept, with so many bytes of results, for so long. */
    static final int KEPT_LIMIT = 64;
    static final long KEPT_BYTES = 8 << 20;
    static final Duration KEPT_FOR = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, JobRecord> known = new LinkedHashMap<>();
    private final Deque<JobRecord> kept = new ArrayDeque<>();
    private final Map<String, RunningJob> running = new LinkedHashMap<>();
    private volatile JobListener listener;
    private String prefix;
    private long count;
    private long keptBytes;
    private boolean closed;

    /** No jobs yet. */
    public Jobs(Clock clock) {
        this.clock = clock;
    }

    /**
     * Starts a job of a command.
     *
     * @throws CommandException when it can't be started; the message says why
     */
    public StartedJob start(RegisteredCommand command, String title, Job<?> work) throws CommandException {
        var started = admit(command, title, work);
        var thread = new Thread(started, "job-" + started.job().id());
        thread.setDaemon(true);
        thread.start();
        return new StartedJob(started.job().id());
    }

    private synchronized RunningJob admit(RegisteredCommand command, String title, Job<?> work) throws CommandException {
        var name = command.description().name();
        if (closed) {
            throw new CommandException("The agent is ending and starts no job");
        }
        if (running.size() >= RUNNING_LIMIT) {
            throw new CommandException(RUNNING_LIMIT + " jobs run already, started by " + running.values().stream()
                    .map(other -> other.job().command()).distinct().collect(Collectors.joining(", "))
                    + "; try again when one has ended, or end one with lodger-job-cancel");
        }
        var job = new RunningJob(this, new JobRecord(nextId(), title, name, command.description().origin().bundle()), work, command, clock);
        if (!command.enter(job)) {
            throw new CommandException("The command " + name + " is being taken away and starts no job");
        }
        forgetOld();
        known.put(job.job().id(), job.job());
        running.put(job.job().id(), job);
        return job;
    }

    /** Unique over restarts of the agent too, so that an old id is never another job's. */
    private String nextId() {
        if (prefix == null) {
            prefix = UUID.randomUUID().toString().substring(0, 8);
        }
        count++;
        return prefix + "-" + count;
    }

    /** Has somebody told what becomes of the jobs; null for nobody. */
    public void listener(JobListener newListener) {
        listener = newListener;
    }

    /** Notes how far a job is. */
    void progress(JobRecord job, Progress latest) {
        var told = listener;
        if (job.progress(latest) && told != null) {
            told.progressed(job);
        }
    }

    /** Notes how a job ended; what comes after the first time is ignored. */
    void end(JobRecord job, State how, Optional<WrittenJson> result, Optional<Failure> failure) {
        if (job.end(how, result, failure)) {
            keep(job);
            var told = listener;
            if (told != null) {
                told.ended(job);
            }
        }
    }

    private synchronized void keep(JobRecord job) {
        kept.add(job);
        keptBytes += job.size();
        forgetOld();
    }

    private void forgetOld() {
        var oldest = Instant.now().minus(KEPT_FOR);
        while (!kept.isEmpty() && (kept.size() > KEPT_LIMIT || keptBytes > KEPT_BYTES || kept.peek().endedBefore(oldest))) {
            var job = kept.remove();
            keptBytes -= job.size();
            known.remove(job.id());
        }
    }

    /** How many threads of jobs there are. */
    public synchronized int running() {
        return running.size();
    }

    /** Says that a job's thread is done with it. */
    synchronized void leave(RunningJob job) {
        running.remove(job.job().id());
    }

    /** All jobs that are known, in the order in which they were started, without their results. */
    synchronized List<JobFacts> all() {
        forgetOld();
        return known.values().stream().map(job -> job.facts().withoutResult()).toList();
    }

    /**
     * What is known of a job.
     *
     * @throws CommandException when none is known by this id
     */
    public JobFacts facts(String id) throws CommandException {
        return find(id).facts();
    }

    /**
     * Waits for a job's end, but no longer than this, and tells what is known of it then.
     *
     * @throws CommandException when none is known by this id
     */
    public JobFacts awaitEnd(String id, Duration patience) throws CommandException, InterruptedException {
        var job = find(id);
        job.awaitEnd(patience);
        return job.facts();
    }

    private synchronized JobRecord find(String id) throws CommandException {
        forgetOld();
        var job = known.get(id);
        if (job == null) {
            throw new CommandException("There is no job '" + id + "'; what ended is kept for " + KEPT_FOR.toMinutes()
                    + " minutes, " + KEPT_LIMIT + " jobs and " + (KEPT_BYTES >> 20) + " MiB of results at most, until the agent ends");
        }
        return job;
    }

    /** Asks a job to end, if its thread is still there. */
    public void cancel(String id, String reason) {
        RunningJob job;
        synchronized (this) {
            job = running.get(id);
        }
        if (job != null) {
            job.cancel(reason);
        }
    }

    /** Starts no more jobs and asks those that run to end. Doesn't wait for them. */
    @Override
    public void close() {
        Collection<RunningJob> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(running.values());
        }
        left.forEach(job -> job.cancel("The agent is ending"));
    }
}
