package io.lodger.command;

/** What a command answers that has started a {@link Job}. */
public record StartedJob(@Doc("The job's id, for lodger-job-status, lodger-job-wait and lodger-job-cancel.") String job) {
}
