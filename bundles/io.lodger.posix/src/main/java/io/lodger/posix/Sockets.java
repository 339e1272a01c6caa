package io.lodger.posix;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** What stream sockets of every family have in common, socket(7). */
public final class Sockets {

    /** Sockets named by a path, unix(7). */
    public static final int AF_UNIX = 1;
    /** Sockets between a virtual machine and its host, vsock(7). */
    public static final int AF_VSOCK = 40;

    private static final int SOCK_STREAM = 1;
    private static final int SOCK_NONBLOCK = 04000;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;

    private Sockets() {
    }

    /**
     * Takes the next connection of a listening socket, accept(2), as a descriptor that doesn't block.
     *
     * @return the connection, or null where waiting for one would block
     */
    public static Descriptor accept(Descriptor listener) throws ErrnoException, ClosedChannelException {
        int fd = listener.acquire();
        try {
            while (true) {
                int accepted = LibC.accept4(fd, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (accepted >= 0) {
                    return new Descriptor(accepted);
                }
                if (LibC.errno() != ErrnoException.ECONNABORTED && ErrnoException.wouldBlock("accept")) {
                    return null;
                }
            }
        } finally {
            listener.release();
        }
    }

    /**
     * The family of a socket, such as {@link #AF_UNIX} or {@link #AF_VSOCK}.
     *
     * @throws ErrnoException with {@code ENOTSOCK} when it is no socket
     */
    public static int domain(Descriptor socket) throws ErrnoException, ClosedChannelException {
        return option(socket, SO_DOMAIN);
    }

    /**
     * Whether a socket was made to listen.
     *
     * @throws ErrnoException with {@code ENOTSOCK} when it is no socket
     */
    public static boolean isListening(Descriptor socket) throws ErrnoException, ClosedChannelException {
        return option(socket, SO_ACCEPTCONN) != 0;
    }

    /** A socket that listens on the address and doesn't block. */
    static Descriptor listen(int domain, ByteBuffer address, int backlog, String name) throws ErrnoException {
        int fd = ErrnoException.require("socket " + name, LibC.socket(domain, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (LibC.bind(fd, address, address.limit()) < 0) {
            throw closed(fd, "bind " + name);
        }
        if (LibC.listen(fd, backlog) < 0) {
            throw closed(fd, "listen " + name);
        }
        return new Descriptor(fd);
    }

    /** A socket connected to the address, after waiting for that, which doesn't block from then on. */
    static Descriptor connect(int domain, ByteBuffer address, String name) throws ErrnoException, ClosedChannelException {
        int fd = ErrnoException.require("socket " + name, LibC.socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (LibC.connect(fd, address, address.limit()) < 0) {
            throw closed(fd, "connect " + name);
        }
        var connected = new Descriptor(fd);
        connected.nonBlocking(true);
        return connected;
    }

    private static ErrnoException closed(int fd, String call) {
        var failure = new ErrnoException(call, LibC.errno());
        LibC.close(fd);
        return failure;
    }

    private static int option(Descriptor socket, int name) throws ErrnoException, ClosedChannelException {
        var value = LibC.struct(Integer.BYTES);
        var length = LibC.struct(Integer.BYTES).putInt(0, Integer.BYTES);
        int fd = socket.acquire();
        try {
            ErrnoException.require("getsockopt", LibC.getsockopt(fd, SOL_SOCKET, name, value, length));
            return value.getInt(0);
        } finally {
            socket.release();
        }
    }
}
