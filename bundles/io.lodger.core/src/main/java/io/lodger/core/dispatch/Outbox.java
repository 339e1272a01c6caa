package io.lodger.core.dispatch;

import io.lodger.core.protocol.Reply;
import io.lodger.core.transport.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * The replies on their way to one connection. What the host takes at once is written at once; for the rest a writer thread is
 * there until it is gone, so that whoever brings replies never waits for a host that doesn't read, up to a bound.
 *
 * <p>Once the host has ended its side the connection is closed as soon as the last reply it is owed has been written.
 */
public final class Outbox {

    /** So much may wait for a host that doesn't read; beyond it, no further command runs for this host. */
    private static final int BACKLOG_LIMIT = 1 << 20;

    /** So long a host that has ended its side may leave replies unread; one that is still there may as long as it likes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection connection;
    private final SpareBuffers buffers;
    private final ByteBuffer window;
    private final Backlog backlog;
    private int owed;
    private boolean inputEnded;
    private boolean writerRuns;
    private boolean gone;

    /**
     * Replies for a connection, which is closed with it.
     *
     * @param buffers where the memory to write with comes from, and goes back to at the end
     */
    Outbox(Connection connection, SpareBuffers buffers) {
        this.connection = connection;
        this.buffers = buffers;
        backlog = new Backlog(connection);
        window = buffers.take().clear().flip();
    }

    /** Notes that the host will get a reply, or deliberately none, to a request that was just read. */
    synchronized void owe() {
        owed++;
    }

    /** Sends the reply to a request, or notes that it gets none. Dropped when the host is gone. */
    void settle(Optional<Reply> reply) {
        settle(reply, Optional.empty());
    }

    /** The same, and tells what becomes of the reply. */
    synchronized void settle(Optional<Reply> reply, Optional<ReplyFate> fate) {
        settleSoon(reply);
        fate.ifPresent(gone ? ReplyFate::lost : backlog::follow);
        flush();
        closeWhenDone();
    }

    /** The same, but the reply may wait for the next {@link #flush}, which must not be far: many small replies are one write. */
    synchronized void settleSoon(Optional<Reply> reply) {
        owed--;
        if (!gone && reply.isPresent()) {
            backlog.add(reply.get().line());
            if (backlog.bytes() >= SpareBuffers.SIZE) {
                flush();
            }
        }
    }

    /** Sends what has been held back. */
    synchronized void flush() {
        if (backlog.bytes() > 0 && !writerRuns) {
            write();
        }
    }

    /** Waits while the host leaves too many replies unread. */
    synchronized void awaitRoom() throws InterruptedException {
        while (backlog.bytes() > BACKLOG_LIMIT && !gone) {
            wait();
        }
    }

    /** Says that the host has ended its side: no more requests will come. */
    synchronized void endInput() {
        inputEnded = true;
        flush();
        closeWhenDone();
    }

    private void write() {
        try {
            if (!writeAvailable()) {
                writerRuns = true;
                var writer = new Thread(this::writeRest, Thread.currentThread().getName() + "-writer");
                writer.setDaemon(true);
                writer.start();
            }
        } catch (IOException e) {
            drop(e);
        }
    }

    /** Writes until nothing is left (true) or the host takes no more (false). */
    private boolean writeAvailable() throws IOException {
        while (true) {
            while (window.hasRemaining()) {
                int written = connection.write(window);
                if (written == 0) {
                    return false;
                }
                backlog.written(written);
            }
            notifyAll();
            if (backlog.isEmpty()) {
                return true;
            }
            backlog.refill(window);
        }
    }

    private void writeRest() {
        try {
            while (!writtenOrGone()) {
                if (!connection.awaitWritable(PATIENCE) && hasEndedInput()) {
                    throw new IOException("a host that has ended its side reads no replies");
                }
            }
        } catch (IOException e) {
            drop(e);
        }
    }

    private synchronized boolean writtenOrGone() throws IOException {
        if (!gone && !writeAvailable()) {
            return false;
        }
        writerRuns = false;
        closeWhenDone();
        return true;
    }

    private synchronized boolean hasEndedInput() {
        return inputEnded;
    }

    private void closeWhenDone() {
        if (inputEnded && owed == 0 && !writerRuns) {
            close();
        }
    }

    private synchronized void drop(IOException reason) {
        log().log(System.Logger.Level.DEBUG, "the host is gone with replies unread: {0}", reason.getMessage());
        writerRuns = false;
        close();
    }

    /** Hangs up; replies that are still to come are dropped. */
    synchronized void close() {
        if (gone) {
            return;
        }
        gone = true;
        buffers.giveBack(window);
        backlog.clear();
        notifyAll();
        try {
            connection.close();
        } catch (IOException e) {
            log().log(System.Logger.Level.DEBUG, "hanging up failed: {0}", e.getMessage());
        }
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(Outbox.class.getName());
    }
}
