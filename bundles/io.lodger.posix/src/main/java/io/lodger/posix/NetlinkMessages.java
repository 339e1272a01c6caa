package io.lodger.posix;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the datagrams of a dump apart, netlink(7), up to its {@code NLMSG_DONE}. */
final class NetlinkMessages {

    /** struct nlmsghdr: length (4), type (2), flags (2), sequence (4), port (4). */
    static final int HEADER_SIZE = 16;

    private static final int NLMSG_NOOP = 1;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLMSG_OVERRUN = 4;
    private static final int NLM_F_DUMP_INTR = 0x10;

    private final Netlink.MessageConsumer consumer;
    private boolean done;
    private boolean interrupted;

    NetlinkMessages(Netlink.MessageConsumer consumer) {
        this.consumer = consumer;
    }

    /** Whether the end of the dump was seen. */
    boolean isDone() {
        return done;
    }

    /** Whether nothing changed while the dump was made. */
    boolean isConsistent() {
        return done && !interrupted;
    }

    /** Hands the messages of one datagram on. The buffer's position and limit are moved along. */
    void accept(ByteBuffer datagram) throws IOException {
        int end = datagram.limit();
        int start = datagram.position();
        while (!done && end - start >= HEADER_SIZE) {
            int length = datagram.getInt(start);
            if (length < HEADER_SIZE || length > end - start) {
                throw new IOException("the kernel sent a netlink message of " + length + " bytes where " + (end - start) + " were left");
            }
            int type = Short.toUnsignedInt(datagram.getShort(start + 4));
            interrupted |= (datagram.getShort(start + 6) & NLM_F_DUMP_INTR) != 0;
            datagram.limit(start + length).position(start + HEADER_SIZE);
            message(type, datagram);
            datagram.limit(end);
            start += (length + 3) & ~3;
        }
    }

    private void message(int type, ByteBuffer payload) throws ErrnoException {
        switch (type) {
            case NLMSG_NOOP -> { }
            case NLMSG_ERROR, NLMSG_DONE -> {
                int error = payload.remaining() >= Integer.BYTES ? payload.getInt() : 0;
                if (error < 0) {
                    throw new ErrnoException("netlink dump", -error);
                }
                done = true;
            }
            case NLMSG_OVERRUN -> throw new ErrnoException("netlink dump", ErrnoException.ENOBUFS);
            default -> consumer.message(type, payload);
        }
    }
}
