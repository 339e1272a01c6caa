package io.lodger.core.health;

import io.lodger.command.Doc;
import java.util.List;

/** How the agent is. */
public record HealthFacts(
        @Doc("Whether nothing is wrong with the agent and its bundles.") boolean healthy,
        @Doc("What is wrong, a sentence each.") List<String> problems,
        @Doc("The agent's version.") String version,
        @Doc("When the agent was started (ISO 8601, UTC).") String startedAt,
        @Doc("For how many seconds it has run; a suspended guest's sleep is not counted.") long uptime,
        @Doc("Whether the added bundles were left out, because the agent would not run with them.") boolean safeMode,
        @Doc("Whether file systems are frozen.") boolean frozen,
        @Doc("The workers, on which commands run.") Threads workers,
        @Doc("The threads of jobs.") Threads jobs,
        @Doc("The commands that were called since their bundles were started or updated.") List<CommandHealth> commands,
        @Doc("Threads that calls and jobs of bundles have started and that are still there though their bundle is gone.")
        List<LeakedThread> leakedThreads) {

    /** Threads of one kind. */
    public record Threads(
            @Doc("How many of them are taken.") int busy,
            @Doc("How many there may be.") int total) {
    }

    /** One command. */
    public record CommandHealth(
            @Doc("The command's name.") String name,
            @Doc("The symbolic name of the bundle it comes from.") String bundle,
            @Doc("The version of that bundle.") String bundleVersion,
            @Doc("How many calls and jobs have begun.") long calls,
            @Doc("How many of them ended with an error; arguments that don't fit are not counted.") long failures,
            @Doc("How many of them ended with an error after they had been asked to end: by a sync, the byte 0xFF, or lodger-job-cancel.")
            long cancelled,
            @Doc("How many of them ended with an error of the Java machine, such as a class that is not there.") long errors,
            @Doc("Those that run.") List<Running> running) {
    }

    /** A call or job that runs. */
    public record Running(
            @Doc("Whether it is a job rather than a call.") boolean job,
            @Doc("For how many seconds it has run.") long seconds,
            @Doc("Whether it was asked to end and has not.") boolean overdue) {
    }

    /** A thread that should not be there. */
    public record LeakedThread(
            @Doc("The thread's name.") String thread,
            @Doc("The symbolic name of the bundle whose calls have started it.") String bundle,
            @Doc("The version of that bundle.") String bundleVersion) {
    }
}
