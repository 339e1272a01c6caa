package io.lodger.core.job;

import io.lodger.command.ExecutionContext;
import io.lodger.command.Job;
import io.lodger.core.execution.Clock;
import io.lodger.core.execution.Execution;
import io.lodger.core.execution.Failure;
import io.lodger.core.job.JobFacts.Progress;
import io.lodger.core.job.JobFacts.State;
import io.lodger.core.json.Result;
import io.lodger.core.json.WrittenJson;
import io.lodger.core.registry.RegisteredCommand;
import io.lodger.core.registry.RunningCall;
import java.time.Duration;
import java.util.Optional;

/** A job while its thread is there: what the job sees of it, and the handle by which it is cancelled. */
final class RunningJob implements ExecutionContext, RunningCall, Runnable {

    /** A result may have so many bytes: what a host's libvirt takes in one reply. */
    private static final int RESULT_LIMIT = 4 << 20;

    private final Jobs jobs;
    private final JobRecord job;
    private final Job<?> work;
    private final RegisteredCommand command;
    private final Execution execution;

    RunningJob(Jobs jobs, JobRecord job, Job<?> work, RegisteredCommand command, Clock clock) {
        this.jobs = jobs;
        this.job = job;
        this.work = work;
        this.command = command;
        execution = new Execution("job " + job.id() + " (" + job.title() + ")", clock);
    }

    JobRecord job() {
        return job;
    }

    @Override
    public void run() {
        try {
            execution.begin();
            command.counts().begin();
            var result = command.mark().on(() -> WrittenJson.of(Result.of(work.run(this))));
            if (result.size() > RESULT_LIMIT) {
                throw new IllegalStateException("The job's result has " + result.size() + " bytes, and may have " + RESULT_LIMIT);
            }
            jobs.end(job, State.SUCCEEDED, Optional.of(result), Optional.empty());
        } catch (Throwable e) {
            // Errors too: a bundle taken away under a running job dies with NoClassDefFoundError, and the host is to learn of it.
            var cancelled = execution.cancelled();
            command.counts().fail(e, cancelled.isPresent());
            jobs.end(job, cancelled.isPresent() ? State.CANCELLED : State.FAILED, Optional.empty(),
                    Optional.of(Failure.of(e, "job " + job.id() + " (" + job.title() + ")", cancelled)));
        } finally {
            execution.end();
            command.leave(this);
            jobs.leave(this);
        }
    }

    @Override
    public void cancel(String reason) {
        execution.cancel(reason);
    }

    @Override
    public void giveUp(String reason) {
        jobs.end(job, State.CANCELLED, Optional.empty(), Optional.of(Failure.generic(reason)));
    }

    @Override
    public Duration age() {
        return execution.age();
    }

    @Override
    public boolean isOverdue() {
        return execution.isOverdue();
    }

    @Override
    public boolean isJob() {
        return true;
    }

    @Override
    public void progress(String what, long done, long total) {
        jobs.progress(job, new Progress(what, done, total));
    }

    @Override
    public boolean isCancelled() {
        return execution.cancelled().isPresent();
    }

    @Override
    public void onCancel(Runnable action) {
        execution.onCancel(action);
    }
}
