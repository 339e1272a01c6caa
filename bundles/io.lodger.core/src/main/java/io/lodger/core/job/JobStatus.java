package io.lodger.core.job;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;

@GuestCommand(name = "lodger-job-status", whileFrozen = true)
@Doc("Tells how far a job is, or how it ended and what it returned.")
public final class JobStatus implements Command<JobStatus.Which, JobFacts> {

    private final Jobs jobs;

    public JobStatus(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Which job. */
    public record Which(@Doc("The job's id.") String job) {
    }

    @Override
    public JobFacts execute(Which which, CommandContext context) throws CommandException {
        return jobs.facts(which.job());
    }
}
