package io.lodger.network;

import io.lodger.network.RouteEntry.NextHop;
import io.lodger.posix.Attributes;
import io.lodger.posix.ErrnoException;
import io.lodger.posix.Netlink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The routes as the kernel lists them: a dump of RTM_GETROUTE, rtnetlink(7). */
final class RouteDump implements Netlink.MessageConsumer {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /** The highest RTAX_ number that is looked at, and those that IPv4 routes show. */
    static final int RTAX_WINDOW = 3;
    static final int RTAX_RTT = 4;
    static final int RTAX_ADVMSS = 8;

    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_GETROUTE = 26;
    private static final int RTM_F_CLONED = 0x200;

    /** struct rtmsg: family, dst_len, src_len, tos, table, protocol, scope and type, a byte each, and four bytes of flags. */
    private static final int HEADER_SIZE = 12;
    private static final int DST_LEN = 1;
    private static final int SRC_LEN = 2;
    private static final int TABLE = 4;
    private static final int PROTOCOL = 5;
    private static final int TYPE = 7;
    private static final int FLAGS = 8;

    private static final short RTA_DST = 1;
    private static final short RTA_SRC = 2;
    private static final short RTA_OIF = 4;
    private static final short RTA_GATEWAY = 5;
    private static final short RTA_PRIORITY = 6;
    private static final short RTA_METRICS = 8;
    private static final short RTA_MULTIPATH = 9;
    private static final short RTA_TABLE = 15;

    /** struct rtnexthop: length (2), flags (1), hops (1), the interface's index (4), and then attributes. */
    private static final int NEXT_HOP_SIZE = 8;
    private static final int NEXT_HOP_INDEX = 4;

    private static final byte[] NONE = {};

    private final List<RouteEntry> routes = new ArrayList<>();

    /** All routes of a family; none where the kernel doesn't have it, as with {@code ipv6.disable=1}. */
    static List<RouteEntry> take(int family) throws IOException {
        var request = ByteBuffer.allocate(HEADER_SIZE).put(0, (byte) family);
        try {
            // A kernel that lacks the family answers with the routes of those it has.
            return Netlink.dump(RTM_GETROUTE, request, RouteDump::new).routes.stream().filter(r -> r.family() == family).toList();
        } catch (ErrnoException e) {
            if (e.errno() == ErrnoException.EOPNOTSUPP) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void message(int type, ByteBuffer payload) {
        int start = payload.position();
        if (type != RTM_NEWROUTE || (payload.getInt(start + FLAGS) & RTM_F_CLONED) != 0) {
            return;
        }
        byte[] destination = NONE;
        byte[] source = NONE;
        byte[] gateway = NONE;
        int index = 0;
        int table = Byte.toUnsignedInt(payload.get(start + TABLE));
        long metric = 0;
        long[] metrics = new long[RTAX_ADVMSS + 1];
        List<NextHop> nextHops = List.of();
        var attributes = new Attributes(payload, HEADER_SIZE);
        while (attributes.next()) {
            switch (attributes.type()) {
                case RTA_DST -> destination = attributes.bytes();
                case RTA_SRC -> source = attributes.bytes();
                case RTA_OIF -> index = attributes.getInt(0);
                case RTA_GATEWAY -> gateway = attributes.bytes();
                case RTA_PRIORITY -> metric = Integer.toUnsignedLong(attributes.getInt(0));
                case RTA_TABLE -> table = attributes.getInt(0);
                case RTA_METRICS -> metrics = metrics(attributes.nested(0));
                case RTA_MULTIPATH -> nextHops = nextHops(attributes.bytes());
                default -> {
                }
            }
        }
        routes.add(new RouteEntry(payload.get(start), Byte.toUnsignedInt(payload.get(start + DST_LEN)),
                Byte.toUnsignedInt(payload.get(start + SRC_LEN)), table, Byte.toUnsignedInt(payload.get(start + PROTOCOL)),
                payload.get(start + TYPE), destination, source, metric, metrics,
                nextHops.isEmpty() ? List.of(new NextHop(index, gateway)) : nextHops));
    }

    private static long[] metrics(Attributes values) {
        long[] metrics = new long[RTAX_ADVMSS + 1];
        while (values.next()) {
            if (values.type() < metrics.length && values.length() == Integer.BYTES) {
                metrics[values.type()] = Integer.toUnsignedLong(values.getInt(0));
            }
        }
        return metrics;
    }

    private static List<NextHop> nextHops(byte[] multipath) {
        var hops = new ArrayList<NextHop>();
        var buffer = ByteBuffer.wrap(multipath).order(ByteOrder.nativeOrder());
        int length;
        for (int at = 0; at + NEXT_HOP_SIZE <= multipath.length; at += (length + 3) & ~3) {
            length = Math.max(Short.toUnsignedInt(buffer.getShort(at)), NEXT_HOP_SIZE);
            byte[] gateway = NONE;
            var hop = buffer.duplicate().order(ByteOrder.nativeOrder()).limit(Math.min(at + length, multipath.length)).position(at);
            var attributes = new Attributes(hop, NEXT_HOP_SIZE);
            while (attributes.next()) {
                if (attributes.type() == RTA_GATEWAY) {
                    gateway = attributes.bytes();
                }
            }
            hops.add(new NextHop(buffer.getInt(at + NEXT_HOP_INDEX), gateway));
        }
        return hops;
    }
}
