package io.lodger.core.job;

import io.lodger.core.job.JobFacts.Progress;

/** How far a job is: those of the {@link JobFacts} that an event tells while it runs. */
public record JobProgress(String job, String title, String command, String bundle, Progress progress) {
}
