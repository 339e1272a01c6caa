package io.lodger.core.job;

/** Wants to know what becomes of jobs. Called on their threads: it must not wait. */
public interface JobListener {

    /** Says that a job has told how far it is. */
    void progressed(JobRecord job);

    /** Says that a job has ended. */
    void ended(JobRecord job);
}
