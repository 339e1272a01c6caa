package io.lodger.core.output;

import java.util.ArrayList;
import java.util.List;

/** What happens once it is known whether the host gets the reply to one call. It is decided once, and what comes later is ignored. */
public final class ReplyFate {

    private final List<Runnable> whenSent = new ArrayList<>(1);
    private final List<Runnable> whenLost = new ArrayList<>(1);
    private boolean decided;

    /** One of the two will run. */
    public synchronized void add(Runnable sent, Runnable lost) {
        whenSent.add(sent);
        whenLost.add(lost);
    }

    /** Says that the host has taken the reply. */
    void sent() {
        decide(whenSent);
    }

    /** Says that the host will not get the reply. */
    public void lost() {
        decide(whenLost);
    }

    private synchronized void decide(List<Runnable> actions) {
        if (decided) {
            return;
        }
        decided = true;
        // What runs is the bundle's code and may take its time; whoever brings the news must not wait for it.
        var thread = new Thread(() -> actions.forEach(ReplyFate::run), "after-reply");
        thread.setDaemon(true);
        thread.start();
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
