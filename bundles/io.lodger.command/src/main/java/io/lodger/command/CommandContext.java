package io.lodger.command;

import org.osgi.annotation.versioning.ProviderType;

/** What the core offers to one call of a command. Valid until {@link Command#execute} returns. */
@ProviderType
public interface CommandContext extends ExecutionContext {

    /**
     * Starts work that goes on after this call was answered. It runs on a thread of its own and belongs to the bundle of the command:
     * when the bundle is updated, stopped or uninstalled, or the agent ends, the job is cancelled as a call is, and waited for within
     * bounds. What becomes of the call, once the job has started, is nothing to the job.
     *
     * <p>The result is kept for a while after the job's end, as JSON: the job's class and all that it holds are let go.
     *
     * @param title what is being done, for people: {@code "saving process 4711 to /var/tmp/4711.core"}
     * @param job the work; it is given a context of its own and must not use this one
     * @return what the command answers, so that the host can ask for the job
     * @throws CommandException when as many jobs run already as may, the call is cancelled, the command is being taken away, or file
     *     systems are frozen and the command is not made for that; the message says which
     * @since 1.1
     */
    StartedJob startJob(String title, Job<?> job) throws CommandException;

    /**
     * Names what happens once the fate of this call's reply is known, for a command after whose work the host could not be answered
     * any more. Exactly one of the two runs, once, on a thread of its own that it may block; what it throws is logged.
     *
     * @param whenSent runs when the reply to the successful call has left: all its bytes were handed to the channel, and the channel
     *     has room for more, which on a virtio-serial port means that the host has taken them. A command that doesn't respond on
     *     success has no reply to wait for; it then runs when the replies before it have left.
     * @param whenLost runs when the host will not get that reply: it hung up or reads nothing, the call failed or was cancelled, or
     *     the agent ends
     */
    void afterReply(Runnable whenSent, Runnable whenLost);
}
