package io.lodger.core.bundles.wiring;

import io.lodger.command.CommandException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs code of bundles, which may hang: on a thread of its own, and within a time. */
final class Bounded {

    private static final Duration AFTER_INTERRUPTION = Duration.ofSeconds(2);

    private final Duration patience;

    Bounded(Duration patience) {
        this.patience = patience;
    }

    /**
     * Runs a step.
     *
     * @param doing what the message says that it did not do in time: {@code "start com.example.hello 1.0.0"}
     * @throws CommandException when it took too long; it was interrupted then, and may go on all the same
     * @throws Exception what the step threw
     */
    <T> T run(String doing, Callable<T> step) throws Exception {
        var task = new FutureTask<>(step);
        var thread = new Thread(task, "bundle-change");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            thread.join(AFTER_INTERRUPTION.toMillis());
            throw new CommandException("To " + doing + " takes longer than " + patience.toSeconds() + " s"
                    + (thread.isAlive() ? ", and can't be interrupted; the agent has to be restarted to be rid of it" : ""));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new CommandException("To " + doing + " failed with " + e.getCause());
        }
    }
}
