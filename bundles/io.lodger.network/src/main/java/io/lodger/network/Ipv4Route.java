package io.lodger.network;

import io.lodger.network.LinkDump.Link;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** A route of IPv4 as {@code /proc/net/route} shows it (net/ipv4/fib_trie.c): the main table, without what only the kernel uses. */
final class Ipv4Route {

    private static final int MAIN_TABLE = 254;

    /** What is added to the advertised maximum segment size: the headers of IPv4 and TCP. */
    private static final int HEADERS = 40;

    private Ipv4Route() {
    }

    /** The route, unless the file leaves it out. */
    static Optional<Route> of(RouteEntry entry, Map<Integer, Link> links) {
        if (entry.table() != MAIN_TABLE || entry.type() == RouteEntry.RTN_BROADCAST || entry.type() == RouteEntry.RTN_MULTICAST) {
            return Optional.empty();
        }
        var hop = entry.nextHops().get(0);
        var link = links.get(hop.index());
        long[] metrics = entry.metrics();
        long advmss = metrics[RouteDump.RTAX_ADVMSS];
        return Optional.of(new Route(link == null ? "*" : link.name(), notation(entry.destination()), entry.metric(),
                Optional.of(notation(hop.gateway())), Optional.of(IpNotation.of(mask(entry.prefix()))),
                Optional.of(metrics[RouteDump.RTAX_RTT] >> 3), Optional.of(flags(entry)), Optional.of(0L), Optional.of(0L),
                Optional.of(metrics[RouteDump.RTAX_WINDOW]), Optional.of(advmss == 0 ? 0 : advmss + HEADERS),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 4));
    }

    private static long flags(RouteEntry entry) {
        long flags = RouteEntry.UP;
        if (entry.type() == RouteEntry.RTN_UNREACHABLE || entry.type() == RouteEntry.RTN_PROHIBIT) {
            flags |= RouteEntry.REJECT;
        }
        if (entry.nextHops().get(0).gateway().length > 0) {
            flags |= RouteEntry.GATEWAY;
        }
        return entry.prefix() == Integer.SIZE ? flags | RouteEntry.HOST : flags;
    }

    private static String notation(byte[] address) {
        return IpNotation.of(Arrays.copyOf(address, IpNotation.IPV4_SIZE));
    }

    private static byte[] mask(int prefix) {
        int bits = prefix == 0 ? 0 : -1 << Integer.SIZE - prefix;
        return new byte[] {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
    }
}
