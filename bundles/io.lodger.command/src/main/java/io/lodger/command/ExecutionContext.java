package io.lodger.command;

import org.osgi.annotation.versioning.ProviderType;

/** What work is offered while it runs, be it a call of a command or a {@link Job}. Valid until the work has ended. */
@ProviderType
public interface ExecutionContext {

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
     * Names what must happen when the work is cancelled: destroy the process, close the stream. Runs on another thread, before the
     * executing thread is interrupted; at once and on the calling thread when the work is cancelled already. Actions run in the
     * reverse order of their registration, each at most once, and none after the work has ended by itself.
     *
     * @param action what to do; what it throws is logged and does not keep the other actions from running
     */
    void onCancel(Runnable action);
}
