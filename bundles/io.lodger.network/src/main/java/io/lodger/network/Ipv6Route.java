package io.lodger.network;

import io.lodger.network.LinkDump.Link;
import io.lodger.network.RouteEntry.NextHop;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route of IPv6 as {@code /proc/net/ipv6_route} shows it (net/ipv6/route.c): all tables, a line for each next hop. The flags are
 * what netlink tells of them; the counters, which it doesn't tell, are left away.
 */
final class Ipv6Route {

    /** Flags of linux/ipv6_route.h. */
    private static final long RTF_DEFAULT = 0x10000;
    private static final long RTF_ADDRCONF = 0x40000;
    private static final long RTF_ANYCAST = 0x100000;
    private static final long RTF_NONEXTHOP = 0x200000;
    private static final long RTF_ROUTEINFO = 0x800000;
    private static final long RTF_LOCAL = 0x80000000L;

    /** Made from a router's advertisement. */
    private static final int RTPROT_RA = 9;

    private Ipv6Route() {
    }

    /** The routes of an entry, one for each next hop. */
    static List<Route> of(RouteEntry entry, Map<Integer, Link> links) {
        return entry.nextHops().stream().map(hop -> route(entry, hop, links)).toList();
    }

    private static Route route(RouteEntry entry, NextHop hop, Map<Integer, Link> links) {
        var link = links.get(hop.index());
        return new Route(link == null ? "*" : link.name(), notation(entry.destination()), entry.metric(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(flags(entry, hop)), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Integer.toString(entry.prefix())),
                Optional.of(notation(entry.source())), Optional.of(Integer.toString(entry.sourcePrefix())),
                Optional.of(notation(hop.gateway())), 6);
    }

    private static long flags(RouteEntry entry, NextHop hop) {
        long flags = switch (entry.type()) {
            case RouteEntry.RTN_LOCAL -> RouteEntry.UP | RTF_LOCAL | RTF_NONEXTHOP;
            case RouteEntry.RTN_ANYCAST -> RouteEntry.UP | RTF_ANYCAST | RTF_NONEXTHOP;
            case RouteEntry.RTN_BLACKHOLE, RouteEntry.RTN_UNREACHABLE, RouteEntry.RTN_PROHIBIT -> RouteEntry.REJECT | RTF_NONEXTHOP;
            default -> RouteEntry.UP;
        };
        if (hop.gateway().length > 0) {
            flags |= RouteEntry.GATEWAY;
        }
        if (entry.protocol() == RTPROT_RA) {
            flags |= RTF_ADDRCONF | (entry.prefix() == 0 ? RTF_DEFAULT : RTF_ROUTEINFO);
        }
        return flags;
    }

    private static String notation(byte[] address) {
        return IpNotation.of(Arrays.copyOf(address, IpNotation.IPV6_SIZE));
    }
}
