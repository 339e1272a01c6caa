package io.lodger.core.dispatch;

import io.lodger.core.protocol.Reply;
import io.lodger.core.transport.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The replies on their way to one connection. What the host takes at once is written at once; for the rest a writer thread is
 * there until it is gone, so that whoever brings replies never waits for a host that doesn't read, up to a bound.
 *
 * <p>Once the host has ended its side the connection is closed as soon as the last reply it is owed has been written.
 */
public final class Outbox {

    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

    /** So much may wait for a host that doesn't read; beyond it, no further command runs for this host. */
    private static final int BACKLOG_LIMIT = 1 << 20;

    /** So long a host that has ended its side may leave replies unread; one that is still there may as long as it likes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection connection;
    private final ByteBuffer window = ByteBuffer.allocateDirect(64 << 10).flip();
    private final Deque<ByteBuffer> backlog = new ArrayDeque<>();
    private int backlogBytes;
    private int owed;
    private boolean inputEnded;
    private boolean writerRuns;
    private boolean gone;

    public Outbox(Connection connection) {
        this.connection = connection;
    }

    /** Notes that the host will get a reply, or deliberately none, to a request that was just read. */
    synchronized void owe() {
        owed++;
    }

    /** Notes that a request has been dealt with without a reply. */
    synchronized void settle() {
        owed--;
        closeWhenDone();
    }

    /** Sends the reply to a request. Dropped when the host is gone. */
    synchronized void settle(Reply reply) {
        owed--;
        if (!gone) {
            var line = ByteBuffer.wrap(reply.line());
            backlog.add(line);
            backlogBytes += line.remaining();
            if (!writerRuns) {
                write();
            }
        }
        closeWhenDone();
    }

    /** Waits while the host leaves too many replies unread. */
    synchronized void awaitRoom() throws InterruptedException {
        while (backlogBytes > BACKLOG_LIMIT && !gone) {
            wait();
        }
    }

    /** Says that the host has ended its side: no more requests will come. */
    public synchronized void endInput() {
        inputEnded = true;
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
                backlogBytes -= written;
            }
            notifyAll();
            if (backlog.isEmpty()) {
                return true;
            }
            refill();
        }
    }

    private void refill() {
        window.clear();
        while (window.hasRemaining() && !backlog.isEmpty()) {
            var line = backlog.peek();
            int length = Math.min(line.remaining(), window.remaining());
            window.put(window.position(), line, line.position(), length);
            window.position(window.position() + length);
            line.position(line.position() + length);
            if (!line.hasRemaining()) {
                backlog.remove();
            }
        }
        window.flip();
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
        LOG.log(System.Logger.Level.DEBUG, "the host is gone with replies unread: {0}", reason.getMessage());
        writerRuns = false;
        close();
    }

    /** Hangs up; replies that are still to come are dropped. */
    public synchronized void close() {
        gone = true;
        backlog.clear();
        backlogBytes = 0;
        notifyAll();
        try {
            connection.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "hanging up failed: {0}", e.getMessage());
        }
    }
}
