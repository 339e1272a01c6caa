package io.lodger.core.transport;

import io.lodger.posix.Descriptor;
import io.lodger.posix.Epoll;
import io.lodger.posix.Sockets;
import java.io.IOException;

/** Listens on a socket that the JDK has no class for: a vsock address (vsock(7)), or a socket handed over by systemd. */
public final class DescriptorListener implements Transport {

    private final Descriptor listener;
    private final Epoll acceptable = new Epoll();

    /** Takes a listening socket over, which is closed with the transport. */
    public DescriptorListener(Descriptor listener) throws IOException {
        this.listener = listener;
        listener.nonBlocking(true);
        acceptable.add(listener, Epoll.EPOLLIN);
    }

    @Override
    public Connection accept() throws IOException {
        while (true) {
            var accepted = Sockets.accept(listener);
            if (accepted != null) {
                return new DescriptorConnection(accepted);
            }
            acceptable.await(-1);
        }
    }

    @Override
    public void close() {
        acceptable.close();
        listener.close();
    }
}
