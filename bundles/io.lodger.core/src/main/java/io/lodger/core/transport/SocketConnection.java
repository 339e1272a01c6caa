package io.lodger.core.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A host on a socket of the JDK's own. Needs no native code but the JDK's, so that the first answer waits for none. */
final class SocketConnection implements Connection {

    private final SocketChannel socket;
    private final Selector readable;
    private Selector writable;
    private volatile boolean closed;

    SocketConnection(SocketChannel socket) throws IOException {
        this.socket = socket;
        socket.configureBlocking(false);
        readable = Selector.open();
        socket.register(readable, SelectionKey.OP_READ);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        try {
            while (!closed) {
                readable.select(key -> { });
                int count = socket.read(into);
                if (count != 0) {
                    return count;
                }
            }
        } catch (ClosedChannelException | ClosedSelectorException e) {
            // Closed on our side while this thread waited: for the reader that is an end like any other.
        }
        return -1;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return socket.write(from);
    }

    @Override
    public boolean awaitWritable(Duration timeout) throws IOException {
        try {
            return writableSelector().select(timeout.toMillis()) > 0 | closed;
        } catch (ClosedSelectorException e) {
            return true;
        }
    }

    private synchronized Selector writableSelector() throws IOException {
        if (closed) {
            throw new ClosedSelectorException();
        }
        if (writable == null) {
            writable = Selector.open();
            socket.register(writable, SelectionKey.OP_WRITE);
        }
        writable.selectedKeys().clear();
        return writable;
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            // The selectors first: the socket is really closed only when no selector knows it any more.
            readable.close();
            if (writable != null) {
                writable.close();
            }
            socket.close();
        }
    }
}
