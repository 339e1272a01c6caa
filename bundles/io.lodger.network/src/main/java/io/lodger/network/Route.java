package io.lodger.network;

import io.lodger.command.Doc;
import io.lodger.command.Unsigned;
import java.util.Optional;

/** A route: QEMU's GuestNetworkRoute. Which members are there depends on {@code version}. */
public record Route(
        @Doc("The interface it leads out of; * where it leads nowhere.") String iface,
        @Doc("The network or host it leads to.") String destination,
        @Doc("Its metric; of several routes the one with the lowest is taken.") long metric,
        @Doc("IPv4: the gateway; 0.0.0.0 for none.") Optional<String> gateway,
        @Doc("IPv4: the mask of the destination.") Optional<String> mask,
        @Doc("IPv4: the initial round trip time in milliseconds; 0 where none is set.") Optional<Long> irtt,
        @Doc("The RTF_ flags of linux/route.h and linux/ipv6_route.h.") @Unsigned Optional<Long> flags,
        @Doc("IPv4: always 0, as in /proc/net/route.") Optional<Long> refcnt,
        @Doc("IPv4: always 0, as in /proc/net/route.") Optional<Long> use,
        @Doc("IPv4: the TCP window in bytes; 0 where none is set.") Optional<Long> window,
        @Doc("IPv4: the advertised maximum segment size plus 40 bytes; 0 where none is set.") Optional<Long> mtu,
        @Doc("IPv6: how many leading bits of the destination count, in decimal.") Optional<String> desprefixlen,
        @Doc("IPv6: the network that packets must come from.") Optional<String> source,
        @Doc("IPv6: how many leading bits of the source count, in decimal.") Optional<String> srcprefixlen,
        @Doc("IPv6: the gateway; :: for none.") Optional<String> nexthop,
        @Doc("4 for IPv4, 6 for IPv6.") int version) {
}
