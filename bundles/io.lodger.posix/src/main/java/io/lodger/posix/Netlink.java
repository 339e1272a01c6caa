package io.lodger.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * Asks the kernel for its tables of links, addresses and routes, netlink(7) and rtnetlink(7). Every dump has a socket of its own, so
 * nothing of one can be left over for the next, and any thread may ask.
 */
public final class Netlink {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int NETLINK_ROUTE = 0;
    private static final int MSG_TRUNC = 0x20;
    private static final int NLM_F_REQUEST = 0x1;
    private static final int NLM_F_DUMP = 0x300;

    /** The kernel fills up to 32 KiB at a time in a dump, and more only for a single message that is larger. */
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final int ATTEMPTS = 16;

    private Netlink() {
    }

    /** Takes the messages of a dump. */
    @FunctionalInterface
    public interface MessageConsumer {

        /**
         * One message of the dump.
         *
         * @param type what it is, such as {@code RTM_NEWLINK}
         * @param payload what follows the netlink header, from the position to the limit, in the machine's byte order; valid until
         *     this method returns
         */
        void message(int type, ByteBuffer payload);
    }

    /**
     * Dumps a table. When the table changed meanwhile, so that entries may be missing or there twice, what was collected is dropped
     * and the table is dumped anew.
     *
     * @param type the request, such as {@code RTM_GETLINK}
     * @param body what follows the netlink header, from the buffer's position to its limit, in the machine's byte order
     * @param collector makes what takes the messages, anew for each time the table is dumped
     * @return the collector that saw one whole, unchanged table
     * @throws ErrnoException when the kernel refuses the request
     * @throws IOException when the table changed during every one of 16 dumps
     */
    public static <C extends MessageConsumer> C dump(int type, ByteBuffer body, Supplier<C> collector) throws IOException {
        int length = NetlinkMessages.HEADER_SIZE + body.remaining();
        var request = LibC.struct(length)
                .putInt(0, length)
                .putShort(4, (short) type)
                .putShort(6, (short) (NLM_F_REQUEST | NLM_F_DUMP))
                .put(NetlinkMessages.HEADER_SIZE, body, body.position(), body.remaining());
        var buffer = LibC.struct(BUFFER_SIZE);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var consumer = collector.get();
            var messages = new NetlinkMessages(consumer);
            int largest = attempt(request.clear(), buffer, messages);
            if (largest > buffer.capacity()) {
                buffer = LibC.struct(Integer.highestOneBit(largest) * 2);
            } else if (messages.isConsistent()) {
                return consumer;
            }
        }
        throw new IOException("the kernel's table changed during each of " + ATTEMPTS + " attempts to read it; ask again");
    }

    /** Reads one dump to its end, or to a datagram that doesn't fit, and returns the size of the largest one. */
    private static int attempt(ByteBuffer request, ByteBuffer buffer, NetlinkMessages messages) throws IOException {
        int fd = ErrnoException.require("socket netlink", LibC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
        try (var socket = new Descriptor(fd)) {
            socket.write(request);
            int largest = 0;
            while (!messages.isDone()) {
                int size = receive(fd, buffer.clear());
                largest = Math.max(largest, size);
                if (largest > buffer.capacity()) {
                    break;
                }
                messages.accept(buffer.limit(size).position(0));
            }
            return largest;
        }
    }

    private static int receive(int fd, ByteBuffer buffer) throws ErrnoException {
        while (true) {
            long size = LibC.recv(fd, buffer, buffer.capacity(), MSG_TRUNC);
            if (size >= 0) {
                return (int) size;
            }
            ErrnoException.retry("recv netlink");
        }
    }
}
