package io.lodger.network;

import io.lodger.network.Interface.Statistics;
import io.lodger.posix.Attributes;
import io.lodger.posix.Netlink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The interfaces as the kernel lists them: a dump of RTM_GETLINK, rtnetlink(7). */
final class LinkDump implements Netlink.MessageConsumer {

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;

    /** struct ifinfomsg, with the index at offset 4. */
    private static final int HEADER_SIZE = 16;
    private static final int INDEX = 4;

    private static final short IFLA_ADDRESS = 1;
    private static final short IFLA_IFNAME = 3;
    private static final short IFLA_STATS64 = 23;
    private static final short IFLA_EXT_MASK = 29;

    /** Leaves the IPv6 counters away, which make up most of an answer and aren't asked for (linux/rtnetlink.h). */
    private static final int RTEXT_FILTER_SKIP_STATS = 1 << 3;

    /** An interface. */
    record Link(String name, byte[] hardwareAddress, Optional<Statistics> statistics) {
    }

    private final Map<Integer, Link> links = new LinkedHashMap<>();

    /** The interfaces by their index, in the kernel's order. */
    static Map<Integer, Link> take() throws IOException {
        var request = ByteBuffer.allocate(HEADER_SIZE + 8).order(ByteOrder.nativeOrder())
                .putShort(HEADER_SIZE, (short) 8)
                .putShort(HEADER_SIZE + 2, IFLA_EXT_MASK)
                .putInt(HEADER_SIZE + 4, RTEXT_FILTER_SKIP_STATS);
        return Netlink.dump(RTM_GETLINK, request, LinkDump::new).links;
    }

    @Override
    public void message(int type, ByteBuffer payload) {
        if (type != RTM_NEWLINK) {
            return;
        }
        String name = "";
        byte[] address = {};
        Optional<Statistics> statistics = Optional.empty();
        var attributes = new Attributes(payload, HEADER_SIZE);
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFLA_IFNAME -> name = attributes.string();
                case IFLA_ADDRESS -> address = attributes.bytes();
                case IFLA_STATS64 -> statistics = Optional.of(statistics(attributes));
                default -> {
                }
            }
        }
        links.put(payload.getInt(payload.position() + INDEX), new Link(name, address, statistics));
    }

    /** struct rtnl_link_stats64 (linux/if_link.h): pairs of received and sent, in the order packets, bytes, errors, dropped. */
    private static Statistics statistics(Attributes values) {
        return new Statistics(values.getLong(16), values.getLong(0), values.getLong(32), values.getLong(48),
                values.getLong(24), values.getLong(8), values.getLong(40), values.getLong(56));
    }
}
