package io.lodger.core.output;

import io.lodger.core.transport.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Writes lines to one connection. What the host takes at once is written at once; for the rest, and to find out whether the host has
 * taken a reply that somebody follows, a writer thread is there until nothing is left. That thread alone waits for the host.
 */
final class LineWriter {

    /** So long a host may take to make room for a reply that somebody follows, and to read on once it has ended its side. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection connection;
    private final SpareBuffers buffers;
    private final ByteBuffer window;
    private final Runnable whenDone;
    private final Backlog backlog = new Backlog();
    private boolean hostEnded;
    private boolean writerRuns;
    private boolean gone;

    /**
     * A writer for a connection, which is closed with it.
     *
     * @param buffers where the memory to write with comes from, and goes back to at the end
     * @param whenDone runs, under no lock, when the writer thread has ended
     */
    LineWriter(Connection connection, SpareBuffers buffers, Runnable whenDone) {
        this.connection = connection;
        this.buffers = buffers;
        this.whenDone = whenDone;
        window = buffers.take().clear().flip();
    }

    /** Lets a line wait behind the others for the next {@link #flush}; dropped when the host is gone. */
    synchronized void add(ByteBuffer line) {
        if (!gone) {
            backlog.add(line);
        }
    }

    /** Tells what becomes of the line that was added last. */
    synchronized void follow(ReplyFate fate) {
        if (gone) {
            fate.lost();
        } else {
            backlog.follow(fate);
        }
    }

    /** How many bytes the host has not taken. */
    synchronized long unread() {
        return backlog.bytes();
    }

    /** Waits while the host leaves more bytes unread than this. */
    synchronized void awaitRoom(long limit) throws InterruptedException {
        while (backlog.bytes() > limit && !gone) {
            wait();
        }
    }

    /** Says that the host has ended its side, and is not waited for much longer. */
    synchronized void hostEnded() {
        hostEnded = true;
    }

    /** Whether no writer thread has something to do. */
    synchronized boolean isDone() {
        return !writerRuns;
    }

    /** Writes what waits, and leaves to the writer thread what the host doesn't take at once. */
    synchronized void flush() {
        if (writerRuns || gone || backlog.bytes() == 0 && !backlog.hasHandedOver()) {
            return;
        }
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

    /** Writes until nothing is left to do (true) or the host must be waited for (false). */
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
                return !backlog.hasHandedOver();
            }
            backlog.refill(window);
        }
    }

    private void writeRest() {
        try {
            while (!writtenOrGone()) {
                if (!awaitHost() && hasHostEnded()) {
                    throw new IOException("a host that has ended its side reads no replies");
                }
            }
        } catch (IOException e) {
            drop(e);
        }
        whenDone.run();
    }

    /** Waits for room. A virtio-serial port has none before the host has taken the bytes out of the memory that both share. */
    private boolean awaitHost() throws IOException {
        var followed = takeHandedOver();
        boolean room = true;
        try {
            room = connection.awaitWritable(PATIENCE);
        } finally {
            // A connection that was closed meanwhile is one whose host expects no more.
            followed.forEach(room ? ReplyFate::sent : ReplyFate::lost);
        }
        return room;
    }

    private synchronized List<ReplyFate> takeHandedOver() {
        return backlog.takeHandedOver();
    }

    private synchronized boolean writtenOrGone() throws IOException {
        if (!gone && !writeAvailable()) {
            return false;
        }
        writerRuns = false;
        return true;
    }

    private synchronized boolean hasHostEnded() {
        return hostEnded;
    }

    private synchronized void drop(IOException reason) {
        log().log(System.Logger.Level.DEBUG, "the host is gone with replies unread: {0}", reason.getMessage());
        writerRuns = false;
        close();
    }

    /** Hangs up; lines that are still to come are dropped. */
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
        return System.getLogger(LineWriter.class.getName());
    }
}
