package io.lodger.core.job;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.time.Duration;

@GuestCommand(name = "lodger-job-cancel", whileFrozen = true)
@Doc("Asks a job to end, waits 10 seconds for it at most, and tells what lodger-job-status does: its state shows whether it has ended.")
public final class JobCancel implements Command<JobStatus.Which, JobFacts> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Jobs jobs;

    public JobCancel(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public JobFacts execute(JobStatus.Which which, CommandContext context) throws CommandException, InterruptedException {
        jobs.cancel(which.job(), "The job was cancelled by lodger-job-cancel");
        return jobs.awaitEnd(which.job(), PATIENCE);
    }
}
