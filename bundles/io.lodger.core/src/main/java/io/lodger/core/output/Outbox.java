package io.lodger.core.output;

import io.lodger.core.event.Event;
import io.lodger.core.event.EventFeed;
import io.lodger.core.event.EventReceiver;
import io.lodger.core.protocol.Reply;
import io.lodger.core.transport.Connection;
import java.util.Optional;

/**
 * The replies, and the events if the host wants any, on their way to one connection. Whoever brings them never waits for a host that
 * doesn't read, up to a bound.
 *
 * <p>Once the host has ended its side the connection is closed as soon as the last reply it is owed has been written.
 */
public final class Outbox implements EventReceiver {

    /** So much may wait for a host that doesn't read; beyond it, no further command runs for this host. */
    private static final int UNREAD_LIMIT = 1 << 20;

    private final LineWriter writer;
    private EventFeed feed;
    private int owed;
    private boolean inputEnded;

    /**
     * Lines for a connection, which is closed with it.
     *
     * @param buffers where the memory to write with comes from, and goes back to at the end
     */
    public Outbox(Connection connection, SpareBuffers buffers) {
        writer = new LineWriter(connection, buffers, this::closeWhenDone);
    }

    /** Notes that the host will get a reply, or deliberately none, to a request that was just read. */
    public synchronized void owe() {
        owed++;
    }

    /** Sends the reply to a request, or notes that it gets none. Dropped when the host is gone. */
    public void settle(Optional<Reply> reply) {
        settle(reply, Optional.empty());
    }

    /** The same, and tells what becomes of the reply. */
    public synchronized void settle(Optional<Reply> reply, Optional<ReplyFate> fate) {
        settleSoon(reply);
        fate.ifPresent(writer::follow);
        flush();
        closeWhenDone();
    }

    /** The same, but the reply may wait for the next {@link #flush}, which must not be far: many small replies are one write. */
    public synchronized void settleSoon(Optional<Reply> reply) {
        owed--;
        if (reply.isPresent()) {
            writer.add(reply.get().line());
            if (writer.unread() >= SpareBuffers.SIZE) {
                flush();
            }
        }
    }

    /** Sends what has been held back. */
    public void flush() {
        writer.flush();
    }

    /** Waits while the host leaves too many replies unread. */
    public void awaitRoom() throws InterruptedException {
        writer.awaitRoom(UNREAD_LIMIT);
    }

    /** Has the host get the events of a feed from now on, or none. */
    public synchronized void events(Optional<EventFeed> wanted) {
        if (feed != null) {
            feed.remove(this);
        }
        feed = inputEnded ? null : wanted.orElse(null);
        if (feed != null) {
            feed.add(this);
        }
    }

    @Override
    public synchronized void offer(Event event) {
        if (feed != null && writer.unread() <= event.unreadLimit()) {
            writer.add(event.line());
            flush();
        }
    }

    /** Says that the host has ended its side: no more requests will come, and no events are wanted. */
    public synchronized void endInput() {
        inputEnded = true;
        events(Optional.empty());
        writer.hostEnded();
        flush();
        closeWhenDone();
    }

    private synchronized void closeWhenDone() {
        if (inputEnded && owed == 0 && writer.isDone()) {
            writer.close();
        }
    }

    /** Hangs up; lines that are still to come are dropped. */
    public synchronized void close() {
        inputEnded = true;
        events(Optional.empty());
        writer.close();
    }
}
