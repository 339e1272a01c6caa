package io.lodger.core.dispatch;

import java.util.ArrayList;
import java.util.List;

/** The calls that lost the turn of their channel and still run. */
final class DetachedCalls {

    private final List<Call> calls = new ArrayList<>(0);

    synchronized void add(Call call) {
        calls.add(call);
    }

    /** Says that a call has ended, whether it was one of these or not. */
    synchronized void remove(Call call) {
        if (calls.remove(call)) {
            notifyAll();
        }
    }

    /** Waits until no call of the same bundle as this one is left, but for itself. */
    synchronized void awaitFamily(Call call) throws InterruptedException {
        while (calls.stream().anyMatch(other -> other != call && call.isOfSameFamily(other))) {
            wait();
        }
    }
}
