package io.lodger.core.job;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import java.util.List;

@GuestCommand(name = "lodger-job-list", whileFrozen = true)
@Doc("Lists the jobs that run and those that ended not long ago, in the order of their start and without their results.")
public final class JobList implements Command<NoArguments, List<JobFacts>> {

    private final Jobs jobs;

    public JobList(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public List<JobFacts> execute(NoArguments none, CommandContext context) {
        return jobs.all();
    }
}
