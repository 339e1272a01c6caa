package io.lodger.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.network.LinkDump.Link;
import io.lodger.network.RouteEntry.NextHop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code /proc/net/route} and {@code /proc/net/ipv6_route} say of the same routes. */
class RoutesTest {

    private static final Map<Integer, Link> LINKS = Map.of(2, new Link("eth0", new byte[6], Optional.empty()));
    private static final byte[] NONE = {};
    private static final int MAIN = 254;
    private static final int LOCAL = 255;
    private static final int UNICAST = 1;

    @Test
    void aDefaultRouteByAGateway() {
        var entry = ipv4(0, MAIN, UNICAST, NONE, 4294967295L, new NextHop(2, new byte[] {10, 0, 0, 1}));
        var route = Ipv4Route.of(entry, LINKS).orElseThrow();
        assertEquals("eth0 0.0.0.0 10.0.0.1 0.0.0.0 3 4294967295", summary(route));
    }

    @Test
    void aRouteToAHostThatIsRejected() {
        var entry = ipv4(32, MAIN, RouteEntry.RTN_UNREACHABLE, new byte[] {10, 9, 8, 7}, 0, new NextHop(0, NONE));
        assertEquals("* 10.9.8.7 0.0.0.0 255.255.255.255 517 0", summary(Ipv4Route.of(entry, LINKS).orElseThrow()));
    }

    @Test
    void metricsAreShownAsTheFileShowsThem() {
        long[] metrics = new long[RouteDump.RTAX_ADVMSS + 1];
        metrics[RouteDump.RTAX_ADVMSS] = 1460;
        metrics[RouteDump.RTAX_WINDOW] = 8192;
        metrics[RouteDump.RTAX_RTT] = 800;
        var entry = new RouteEntry(RouteDump.AF_INET, 24, 0, MAIN, 3, UNICAST, new byte[] {10, 0, 0, 0}, NONE, 5, metrics,
                List.of(new NextHop(2, NONE)));
        var route = Ipv4Route.of(entry, LINKS).orElseThrow();
        assertEquals(Optional.of(1500L), route.mtu());
        assertEquals(Optional.of(8192L), route.window());
        assertEquals(Optional.of(100L), route.irtt());
        assertEquals(Optional.of("255.255.255.0"), route.mask());
    }

    @Test
    void whatOnlyTheKernelUsesIsLeftOut() {
        assertEquals(Optional.empty(), Ipv4Route.of(ipv4(32, LOCAL, RouteEntry.RTN_LOCAL, NONE, 0, new NextHop(2, NONE)), LINKS));
        assertEquals(Optional.empty(), Ipv4Route.of(ipv4(32, MAIN, RouteEntry.RTN_BROADCAST, NONE, 0, new NextHop(2, NONE)), LINKS));
    }

    @Test
    void anIpv6RouteOfSeveralHopsIsShownOnceForEach() {
        var gateway = new byte[16];
        gateway[15] = 1;
        var entry = new RouteEntry(RouteDump.AF_INET6, 0, 0, MAIN, 3, UNICAST, NONE, NONE, 1024, new long[9],
                List.of(new NextHop(2, gateway), new NextHop(2, NONE)));
        var routes = Ipv6Route.of(entry, LINKS);
        assertEquals(List.of("::1", "::"), routes.stream().map(route -> route.nexthop().orElseThrow()).toList());
        assertEquals(List.of(3L, 1L), routes.stream().map(route -> route.flags().orElseThrow()).toList());
        assertEquals(Optional.of("0"), routes.get(0).desprefixlen());
    }

    private static RouteEntry ipv4(int prefix, int table, int type, byte[] destination, long metric, NextHop hop) {
        return new RouteEntry(RouteDump.AF_INET, prefix, 0, table, 3, type, destination, NONE, metric, new long[9], List.of(hop));
    }

    private static String summary(Route route) {
        return String.join(" ", route.iface(), route.destination(), route.gateway().orElseThrow(), route.mask().orElseThrow(),
                route.flags().orElseThrow().toString(), Long.toString(route.metric()));
    }
}
