package io.lodger.core.transport;

import io.lodger.posix.Descriptor;
import io.lodger.posix.Epoll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/**
 * A virtio-serial port. The guest opens it once and keeps it open, for that is how the host sees that there is an agent.
 *
 * <p>With no host attached the port reports hang-up and end of file, always. It is therefore watched edge-triggered: the kernel's
 * driver wakes those who wait when a host attaches or detaches (drivers/char/virtio_console.c), and nothing wakes them in between.
 */
public final class VirtioPort implements Transport {

    private static final int EVENTS = Epoll.EPOLLIN | Epoll.EPOLLHUP | Epoll.EPOLLET;

    private final Descriptor port;
    private final Epoll changes = new Epoll();
    private final Epoll room = new Epoll();

    /** Opens the port. */
    public VirtioPort(String path) throws IOException {
        port = Descriptor.open(path, Descriptor.O_RDWR | Descriptor.O_NONBLOCK);
        changes.add(port, EVENTS);
        room.add(port, Epoll.EPOLLOUT | Epoll.EPOLLET);
    }

    @Override
    public Connection accept() throws IOException {
        var first = ByteBuffer.allocateDirect(1);
        while (true) {
            int count = port.read(first);
            if (count >= 0) {
                return new Host(first.flip());
            }
            changes.await(-1);
        }
    }

    @Override
    public void close() {
        changes.close();
        room.close();
        port.close();
    }

    /** The host, from its attaching to its detaching. The port stays open when it goes. */
    private final class Host implements Connection {

        /** The byte, if any, by which it was noticed. */
        private final ByteBuffer first;
        private volatile boolean closed;

        Host(ByteBuffer first) {
            this.first = first;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (first.hasRemaining()) {
                into.put(first);
                return 1;
            }
            while (!closed) {
                int count = port.read(into);
                if (count != 0) {
                    return count;
                }
                changes.await(-1);
            }
            return -1;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            return port.write(from);
        }

        @Override
        public boolean awaitWritable(Duration timeout) throws IOException {
            return room.await((int) timeout.toMillis()) > 0 || closed;
        }

        @Override
        public void close() {
            closed = true;
            changes.wakeup();
            room.wakeup();
        }
    }
}
