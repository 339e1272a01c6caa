package io.lodger.core.transport;

import io.lodger.posix.Descriptor;
import io.lodger.posix.Epoll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/** A host on a descriptor that the JDK has no class for: a vsock socket, a socket handed over by systemd, a serial line. */
final class DescriptorConnection implements Connection {

    private final Descriptor descriptor;
    private final Epoll readable = new Epoll();
    private Epoll writable;
    private boolean closed;

    /** Takes a descriptor over, which is closed with the connection. */
    DescriptorConnection(Descriptor descriptor) throws IOException {
        this.descriptor = descriptor;
        descriptor.nonBlocking(true);
        readable.add(descriptor, Epoll.EPOLLIN);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        try {
            while (true) {
                // Waiting first: a host mostly sends nothing more before it has its answer.
                readable.await(-1);
                int count = descriptor.read(into);
                if (count != 0) {
                    return count;
                }
            }
        } catch (ClosedChannelException e) {
            return -1;
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return descriptor.write(from);
    }

    @Override
    public boolean awaitWritable(Duration timeout) throws IOException {
        return writableEpoll().await((int) timeout.toMillis()) > 0;
    }

    private synchronized Epoll writableEpoll() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (writable == null) {
            writable = new Epoll();
            writable.add(descriptor, Epoll.EPOLLOUT);
        }
        return writable;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            readable.close();
            if (writable != null) {
                writable.close();
            }
            descriptor.close();
        }
    }
}
