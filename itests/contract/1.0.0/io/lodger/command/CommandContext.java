package io.lodger.command;

import org.osgi.annotation.versioning.ProviderType;

/** What the core offers to one call of a command. Valid until {@link Command#execute} returns. */
@ProviderType
public interface CommandContext {

    /**
     * Tells how far the work is. Cheap enough for every step of a loop.
     *
     * @param what what is being done, for people: {@code "copying /var"}
     * @param done how much is done, in any unit, from 0
     * @param total how much there is in the same unit, or 0 when that is not known
     */
    void progress(String what, long done, long total);

    /** Whether nobody waits for the result any more. Loops that never block ask this; blocking calls are interrupted. */
    boolean isCancelled();

    /**
     * Names what must happen when the call is cancelled: destroy the process, close the stream. Runs on another thread, before the
     * executing thread is interrupted; at once and on the calling thread when the call is cancelled already. Actions run in the
     * reverse order of their registration, each at most once, and none after the call has ended by itself.
     *
     * @param action what to do; what it throws is logged and does not keep the other actions from running
     */
    void onCancel(Runnable action);

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
