package io.lodger.posix;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** Stream sockets between a virtual machine and its host, vsock(7). */
public final class Vsock {

    /** Any address of this machine; only to listen on. */
    public static final int VMADDR_CID_ANY = -1;
    /** This machine itself, where the module vsock_loopback is loaded. */
    public static final int VMADDR_CID_LOCAL = 1;
    /** The host. */
    public static final int VMADDR_CID_HOST = 2;

    private static final int BACKLOG = 16;
    private static final int SOCKADDR_VM_SIZE = 16;

    private Vsock() {
    }

    /**
     * A socket that listens and doesn't block.
     *
     * @param cid the context id to listen on, one of the constants or this machine's own, as 32 unsigned bits
     * @param port the port as 32 unsigned bits
     * @throws ErrnoException with {@code EAFNOSUPPORT} where the kernel has no vsock, with {@code EADDRINUSE},
     *     {@code EADDRNOTAVAIL}, or {@code EACCES} for a port below 1024
     */
    public static Descriptor listen(int cid, int port) throws ErrnoException {
        return Sockets.listen(Sockets.AF_VSOCK, address(cid, port), BACKLOG, name(cid, port));
    }

    /**
     * A socket that is connected to a listener and doesn't block from then on.
     *
     * @throws ErrnoException when the listener can't be reached, for instance with {@code ECONNRESET}
     */
    public static Descriptor connect(int cid, int port) throws ErrnoException, ClosedChannelException {
        return Sockets.connect(Sockets.AF_VSOCK, address(cid, port), name(cid, port));
    }

    private static ByteBuffer address(int cid, int port) {
        return LibC.struct(SOCKADDR_VM_SIZE).putShort(0, (short) Sockets.AF_VSOCK).putInt(4, port).putInt(8, cid);
    }

    private static String name(int cid, int port) {
        return "vsock:" + Integer.toUnsignedString(cid) + ":" + Integer.toUnsignedString(port);
    }
}
