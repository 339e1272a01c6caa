package io.lodger.save.participation;

import io.lodger.save.participant.SaveParticipant;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/** One call of a participant, on a thread of its own, which is interrupted when the time is up. */
final class BoundedCall {

    /** How long somebody who was interrupted may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String who;
    private final Duration limit;
    private final Thread thread;
    private volatile Throwable failure;

    /** A call that is made at once. */
    BoundedCall(SaveParticipant participant, String what, Callable<?> call) {
        who = "'" + participant.name() + "' in its " + what;
        limit = participant.limit();
        thread = new Thread(() -> perform(call), "participant " + participant.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void perform(Callable<?> call) {
        try {
            call.call();
        } catch (Exception | LinkageError | AssertionError e) {
            failure = e;
        }
    }

    /**
     * Waits for its end.
     *
     * @throws IOException when it failed or took too long
     * @throws InterruptedException when this thread was interrupted; the call is then interrupted too
     */
    void await() throws IOException, InterruptedException {
        try {
            thread.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
        if (thread.isAlive()) {
            thread.interrupt();
            throw new IOException("the participant " + who + " took longer than its limit of " + limit.toMillis() + " ms");
        }
        if (failure != null) {
            throw new IOException("the participant " + who + " failed: "
                    + (failure.getMessage() == null ? failure : failure.getMessage()), failure);
        }
    }

    /** Interrupts it. */
    void interrupt() {
        thread.interrupt();
    }

    /** Whether it has ended, or ends soon. Waits also when this thread is interrupted. */
    boolean endsSoon() {
        boolean interrupted = false;
        long limit = System.nanoTime() + GRACE.toNanos();
        for (long left = GRACE.toMillis(); thread.isAlive() && left > 0; left = (limit - System.nanoTime()) / 1_000_000) {
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
