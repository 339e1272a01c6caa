package io.lodger.network;

import java.util.List;

/**
 * A route of the kernel's tables, struct rtmsg and its attributes (rtnetlink(7)).
 *
 * @param prefix how many leading bits of the destination count
 * @param sourcePrefix how many leading bits of the source count
 * @param table the number of its table; 254 is the main one
 * @param protocol who made it: an RTPROT_ constant
 * @param type what it does: an RTN_ constant
 * @param destination the network it leads to; empty for all
 * @param source the network that packets must come from; empty for all
 * @param metric its priority
 * @param metrics the RTAX_ values by their number, 0 where none is set
 * @param nextHops where it leads, at least one
 */
record RouteEntry(int family, int prefix, int sourcePrefix, int table, int protocol, int type, byte[] destination, byte[] source,
        long metric, long[] metrics, List<NextHop> nextHops) {

    static final int RTN_LOCAL = 2;
    static final int RTN_BROADCAST = 3;
    static final int RTN_ANYCAST = 4;
    static final int RTN_MULTICAST = 5;
    static final int RTN_BLACKHOLE = 6;
    static final int RTN_UNREACHABLE = 7;
    static final int RTN_PROHIBIT = 8;

    /** RTF_UP, RTF_GATEWAY, RTF_HOST and RTF_REJECT of linux/route.h, which IPv4 and IPv6 share. */
    static final long UP = 0x1;
    static final long GATEWAY = 0x2;
    static final long HOST = 0x4;
    static final long REJECT = 0x200;

    /**
     * A way out.
     *
     * @param index the interface's index, 0 for none
     * @param gateway the gateway's address; empty for none, or for one of the other family
     */
    record NextHop(int index, byte[] gateway) {
    }
}
