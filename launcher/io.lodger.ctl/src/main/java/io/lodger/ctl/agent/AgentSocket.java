package io.lodger.ctl.agent;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bytes out and lines in over a unix socket, each with a deadline; {@link #cancel} wakes the one thread that waits. */
final class AgentSocket implements Closeable {
    /** The longest reply taken: a file read of qemu-ga's 48 MiB limit is 64 MiB in base64; this is twice that. */
    private static final int LONGEST_LINE = 128 * 1024 * 1024;
    private static final Duration FAREWELL = Duration.ofMillis(250);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final LineBuffer lines = new LineBuffer(LONGEST_LINE);
    private volatile boolean cancelled;

    private AgentSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /**
     * Connects. Behind other clients in a full queue, a blocking connect waits without end and a non-blocking one fails at once; so that
     * the wait has an end, a thread of its own blocks, and is given up on.
     */
    static AgentSocket connect(Path path, Duration wait) throws IOException, TimeoutException {
        var task = new FutureTask<>(() -> SocketChannel.open(UnixDomainSocketAddress.of(path)));
        var thread = new Thread(task, "connect");
        thread.setDaemon(true);
        thread.start();
        try {
            return new AgentSocket(task.get(wait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } finally {
            task.cancel(true);
        }
    }

    /** Sends all of {@code bytes}, taking in what the agent says meanwhile, so that neither side waits for the other to read. */
    void send(ByteBuffer bytes, Deadline deadline) throws IOException, TimeoutException {
        while (channel.write(bytes) >= 0 && bytes.hasRemaining()) {
            await(SelectionKey.OP_READ | SelectionKey.OP_WRITE, deadline);
            if (key.isReadable()) {
                fill();
            }
        }
    }

    /** The next line without its LF. */
    byte[] nextLine(Deadline deadline) throws IOException, TimeoutException {
        for (var line = lines.next();; line = lines.next()) {
            if (line.isPresent()) {
                return line.get();
            }
            await(SelectionKey.OP_READ, deadline);
            fill();
        }
    }

    /** Makes the waiting call, or the next one to wait, throw {@link CancellationException}. May be called from any thread. */
    void cancel() {
        cancelled = true;
        selector.wakeup();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Says goodbye, takes in what is still under way for a moment, and closes. qemu-ga ends itself when a client closes with a reply
     * unread.
     */
    @Override
    public void close() throws IOException {
        try (channel; selector) {
            cancelled = false;
            channel.shutdownOutput();
            var deadline = Deadline.in(FAREWELL);
            var scrap = ByteBuffer.allocate(64 * 1024);
            while (channel.read(scrap.clear()) >= 0) {
                await(SelectionKey.OP_READ, deadline);
            }
        } catch (IOException | TimeoutException | CancellationException e) {
            // The peer is gone, still busy, or we are in a hurry: there is no more politeness to show.
            return;
        }
    }

    private void fill() throws IOException {
        var count = channel.read(lines.room());
        if (count < 0) {
            throw new EOFException();
        }
        lines.filled(count);
    }

    private void await(int operations, Deadline deadline) throws IOException, TimeoutException {
        key.interestOps(operations);
        do {
            selector.select(ignored -> { }, deadline.milliseconds());
            if (cancelled) {
                cancelled = false;
                throw new CancellationException("cancelled");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            if (deadline.passed()) {
                throw new TimeoutException();
            }
        } while ((key.readyOps() & operations) == 0);
    }

    private static CancellationException interrupted() {
        return new CancellationException("interrupted");
    }
}
