package io.lodger.launcher;

import io.lodger.launcher.log.AgentLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/**
 * The end of the process, in bounded time and with an exit status of its own choice. A JVM that is left to handle SIGTERM itself
 * exits with 143, and waits for shutdown hooks however long they take.
 */
final class Ending {

    /** What is to be done first may take this long. It leaves time for the rest of the two seconds in which the agent has to end. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final List<AutoCloseable> steps = new CopyOnWriteArrayList<>();
    private boolean begun;
    private volatile BooleanSupplier frozen = () -> false;

    /** Lets SIGTERM and SIGINT end the process with status 0. */
    void onSignals() {
        for (var name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), signal -> endUnlessFrozen());
        }
    }

    private void endUnlessFrozen() {
        if (!frozen.getAsBoolean()) {
            end(0);
        }
    }

    /** Ignores signals while this is so: an agent that ends in a frozen guest leaves nobody to thaw it. */
    void ignoreSignalsWhile(BooleanSupplier isFrozen) {
        frozen = isFrozen;
    }

    /** Has something closed before the end, after what was given before. */
    void closeFirst(AutoCloseable step) {
        steps.add(step);
    }

    /** Whether the process is about to end. */
    synchronized boolean isBegun() {
        return begun;
    }

    /** Ends the process. Never returns. */
    void end(int status) {
        if (begin()) {
            if (!steps.isEmpty()) {
                closeAll();
            }
            AgentLog.PROCESS.flush();
            Runtime.getRuntime().halt(status);
        }
        while (true) {
            LockSupport.park(this);
        }
    }

    /** Whether this is the first wish to end. */
    private synchronized boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    private void closeAll() {
        var closing = new Thread(() -> steps.forEach(Ending::close), "ending");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            // Then there is no time for a clean end.
        }
    }

    private static void close(AutoCloseable step) {
        try {
            step.close();
        } catch (Exception e) {
            AgentLog.PROCESS.warning("at the end: " + e);
        }
    }
}
