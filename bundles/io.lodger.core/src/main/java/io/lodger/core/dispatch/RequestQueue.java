package io.lodger.core.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;

/** The requests that wait for their turn on a channel. Not safe for use by several threads. */
final class RequestQueue {

    /** So many requests, and so many bytes of them, may wait; then the agent reads no further until there is room again. */
    static final int REQUESTS_LIMIT = 1024;
    static final long BYTES_LIMIT = 64L << 20;

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private long bytes;
    private int resynchronising;

    /** Whether this request may wait here as well. There is room for one, however big. */
    boolean hasRoomFor(Pending item) {
        return waiting.size() < REQUESTS_LIMIT && (bytes == 0 || bytes + item.bytes() <= BYTES_LIMIT);
    }

    /** Lets a request wait behind the others. */
    void add(Pending item) {
        waiting.add(item);
        bytes += item.bytes();
        resynchronising += item.resynchronises() ? 1 : 0;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes the request out that has waited longest. */
    Pending remove() {
        var item = waiting.remove();
        bytes -= item.bytes();
        resynchronising -= item.resynchronises() ? 1 : 0;
        return item;
    }

    /** Whether among those that wait is one by which the host wants to be in step again. */
    boolean holdsSync() {
        return resynchronising > 0;
    }
}
