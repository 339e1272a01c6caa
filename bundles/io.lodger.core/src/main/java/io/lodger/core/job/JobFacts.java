package io.lodger.core.job;

import io.lodger.command.Doc;
import io.lodger.command.WireName;
import java.util.Optional;

/** What hosts are told of a job. */
public record JobFacts(
        @Doc("The job's id, as the command that started it gave it.") String job,
        @Doc("What is being done, for people.") String title,
        @Doc("The command that started it.") String command,
        @Doc("The symbolic name of the bundle that the command came from.") String bundle,
        @Doc("Whether it runs, or how it ended.") State state,
        @Doc("When it was started (ISO 8601, UTC).") String startedAt,
        @Doc("When it ended (ISO 8601, UTC).") Optional<String> endedAt,
        @Doc("How far it is, or was at its end; missing when it never said so.") Optional<Progress> progress,
        @Doc("What it returned, where it succeeded.") Optional<Object> result,
        @Doc("Why it failed or was cancelled.") Optional<JobError> error) {

    /** What there is between a job's start and the time when it is forgotten. */
    public enum State {
        /** Its work goes on, also while it has been asked to end. */
        RUNNING,
        /** It has returned a result. */
        SUCCEEDED,
        /** It has thrown an exception. */
        FAILED,
        /** It has ended because it was asked to, or was given up because it did not. */
        CANCELLED
    }

    /** How far a job is. */
    public record Progress(
            @Doc("What is being done, for people.") String what,
            @Doc("How much is done, in a unit of the job's own.") long done,
            @Doc("How much there is in the same unit; 0 when that is not known.") long total) {
    }

    /** Why a job has no result. */
    public record JobError(
            @WireName("class") @Doc("The error's class, GenericError for most.") String errorClass,
            @Doc("A sentence for an operator.") String desc) {
    }

    /** The same without its result, which may be large. */
    public JobFacts withoutResult() {
        return new JobFacts(job, title, command, bundle, state, startedAt, endedAt, progress, Optional.empty(), error);
    }
}
