package io.lodger.command;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Work that goes on after the command that started it was answered. Hosts ask for it with {@code lodger-job-status}, wait for it with
 * {@code lodger-job-wait} and end it with {@code lodger-job-cancel}.
 *
 * @param <R> its result, of the types a command's result may have
 */
@ConsumerType
@FunctionalInterface
public interface Job<R> {

    /**
     * Does the work on a thread of its own, which is interrupted when the job is cancelled.
     *
     * @throws Exception when it fails, with a sentence that an operator can act on
     */
    R run(ExecutionContext context) throws Exception;
}
