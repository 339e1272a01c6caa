package io.lodger.core.job;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.time.Duration;

@GuestCommand(name = "lodger-job-wait", whileFrozen = true)
@Doc("Waits until a job has ended or the time is over, and tells what lodger-job-status does. A sync ends the wait, not the job.")
public final class JobWait implements Command<JobWait.Which, JobFacts> {

    private static final int LONGEST = 600;

    private final Jobs jobs;

    public JobWait(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Which job, and for how long. */
    public record Which(
            @Doc("The job's id.") String job,
            @Doc("How long to wait, in seconds, from 0 to 600.") int timeout) {

        public Which {
            if (timeout < 0 || timeout > LONGEST) {
                throw new IllegalArgumentException("Parameter 'timeout' is " + timeout + ", and must be from 0 to " + LONGEST + " seconds");
            }
        }
    }

    @Override
    public JobFacts execute(Which which, CommandContext context) throws CommandException, InterruptedException {
        return jobs.awaitEnd(which.job(), Duration.ofSeconds(which.timeout()));
    }
}
