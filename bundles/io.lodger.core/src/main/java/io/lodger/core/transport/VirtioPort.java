package io.lodger.core.transport;

import io.lodger.posix.Descriptor;
import io.lodger.posix.Epoll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A virtio-serial port. The guest opens it once and keeps it open, for that is how the host sees that there is an agent.
 *
 * <p>With no host attached the port reports hang-up and end of file, always, and takes no bytes. It is therefore watched
 * edge-triggered: the kernel's driver wakes those who wait when a host attaches or detaches (drivers/char/virtio_console.c), and
 * nothing wakes them in between.
 *
 * <p>The driver tells whether a host is attached, not which one, and may show the first bytes of a host before it says that it is
 * attached. When a host detaches and the next one attaches before a thread of the agent has looked, the two are taken for one; bytes
 * that can't be told apart are taken for the next host's, so that no request of a host that is there goes unanswered.
 */
public final class VirtioPort implements Transport {

    private static final int EVENTS = Epoll.EPOLLIN | Epoll.EPOLLHUP | Epoll.EPOLLET;
    private static final int READ_SIZE = 64 << 10;

    /** A host whose bytes are there is said to be attached after so long at most; the driver leaves that to a kernel thread. */
    private static final long ATTACHING_MILLIS = 50;

    private final Descriptor port;
    private final Epoll changes = new Epoll();

    /** What was read and not handed on yet: of the host that is there, or, when that one has gone, of the next one. */
    private final ByteBuffer ahead = ByteBuffer.allocateDirect(READ_SIZE).flip();

    /** Opens the port. */
    public VirtioPort(String path) throws IOException {
        port = Descriptor.open(path, Descriptor.O_RDWR | Descriptor.O_NONBLOCK);
        changes.add(port, EVENTS);
    }

    @Override
    public Connection accept() throws IOException {
        boolean attached = ahead.hasRemaining() || fill();
        while (!attached && !ahead.hasRemaining()) {
            changes.await(-1);
            attached = fill();
        }
        return new Host(attached || isAttaching());
    }

    @Override
    public void close() {
        changes.close();
        port.close();
    }

    /** Reads what is there, and says whether a host was attached after that. */
    private boolean fill() throws IOException {
        ahead.clear();
        try {
            int count;
            do {
                count = port.read(ahead);
            } while (count > 0 && ahead.hasRemaining());
            return count >= 0;
        } finally {
            ahead.flip();
        }
    }

    /** Waits for a moment whether a host will be attached. */
    private boolean isAttaching() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ATTACHING_MILLIS);
        changes.modify(port, EVENTS | Epoll.EPOLLOUT);
        boolean attached = false;
        for (long left = ATTACHING_MILLIS; !attached && left > 0; left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) {
            attached = changes.await((int) left) > 0 && !isHangUp(changes);
        }
        changes.modify(port, EVENTS);
        return attached;
    }

    private static boolean isHangUp(Epoll awaited) {
        return (awaited.events(0) & Epoll.EPOLLHUP) != 0;
    }

    /** The host, from its attaching to its detaching. The port stays open when it goes. */
    private final class Host implements Connection {

        private Epoll room;
        private volatile boolean closed;

        /** Seen to have gone: what it sent before can still be read, but what could be written would reach the next host. */
        private volatile boolean detached;

        Host(boolean attached) {
            detached = !attached;
            closed = !attached;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            while (detached || !closed) {
                if (!ahead.hasRemaining() && isOver()) {
                    return -1;
                }
                if (ahead.hasRemaining()) {
                    int length = Math.min(ahead.remaining(), into.remaining());
                    into.put(into.position(), ahead, ahead.position(), length).position(into.position() + length);
                    ahead.position(ahead.position() + length);
                    return length;
                }
                if (changes.await(-1) > 0 && isHangUp(changes)) {
                    detach();
                }
            }
            return -1;
        }

        /** Reads what is there; true when that is nothing, or the next host's, and this one has gone. */
        private boolean isOver() throws IOException {
            if (fill()) {
                return detached;
            }
            detach();
            return !ahead.hasRemaining() || isAttaching();
        }

        @Override
        public synchronized int write(ByteBuffer from) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            return port.write(from);
        }

        @Override
        public boolean awaitWritable(Duration timeout) throws IOException {
            var awaited = room();
            boolean changed = awaited.await((int) timeout.toMillis()) > 0;
            if (changed && isHangUp(awaited)) {
                detach();
            }
            return changed;
        }

        private synchronized Epoll room() throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (room == null) {
                room = new Epoll();
                room.add(port, Epoll.EPOLLOUT);
            }
            return room;
        }

        private void detach() {
            detached = true;
            close();
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                changes.wakeup();
                if (room != null) {
                    room.close();
                }
            }
        }
    }
}
