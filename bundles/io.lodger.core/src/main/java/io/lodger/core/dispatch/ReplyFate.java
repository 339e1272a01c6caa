package io.lodger.core.dispatch;

import io.lodger.core.transport.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What happens once it is known whether the host gets the reply to one call. It is decided once, and what comes later is ignored. */
final class ReplyFate {

    /** So long the host may take to make room again after the reply was handed to it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Runnable> whenSent = new ArrayList<>(1);
    private final List<Runnable> whenLost = new ArrayList<>(1);
    private boolean decided;

    /** One of the two will run. */
    synchronized void add(Runnable sent, Runnable lost) {
        whenSent.add(sent);
        whenLost.add(lost);
    }

    /** Says that the reply's last byte was handed to the connection. */
    void sent(Connection connection) {
        decide(() -> isTaken(connection));
    }

    /** Says that the host will not get the reply. */
    void lost() {
        decide(() -> false);
    }

    private synchronized void decide(BooleanSupplier outcome) {
        if (decided) {
            return;
        }
        decided = true;
        // What runs is the bundle's code and may take its time; whoever brings the news must not wait for it.
        var thread = new Thread(() -> (outcome.getAsBoolean() ? whenSent : whenLost).forEach(ReplyFate::run), "after-reply");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for room: a virtio-serial port has none before the host has taken the bytes out of the memory that both share. */
    private static boolean isTaken(Connection connection) {
        try {
            return connection.awaitWritable(PATIENCE);
        } catch (IOException e) {
            // The connection was closed after the reply had gone, as it is when the host expects no more.
            return true;
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            // Errors too: the action's bundle may be gone already.
            System.getLogger(ReplyFate.class.getName()).log(System.Logger.Level.WARNING, "an action after a reply failed", e);
        }
    }
}
