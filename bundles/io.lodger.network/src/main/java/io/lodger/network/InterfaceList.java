package io.lodger.network;

import io.lodger.network.AddressDump.Address;
import io.lodger.network.Interface.IpAddress;
import io.lodger.network.Interface.Statistics;
import io.lodger.network.LinkDump.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts links and addresses together as getifaddrs(3) names them: an address belongs to the interface of its label, and a label that
 * is no interface's name makes an entry of its own, after those of the interfaces. One pass over each.
 */
final class InterfaceList {

    private static final int HARDWARE_ADDRESS_SIZE = 6;
    private static final HexFormat HEXADECIMAL = HexFormat.ofDelimiter(":");

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private static final class Entry {

        private final Link link;
        private final Optional<Statistics> statistics;
        private final List<IpAddress> addresses = new ArrayList<>();

        Entry(Link link, Optional<Statistics> statistics) {
            this.link = link;
            this.statistics = statistics;
        }
    }

    InterfaceList(Map<Integer, Link> links, List<Address> addresses) {
        links.values().forEach(link -> entries.put(link.name(), new Entry(link, link.statistics())));
        for (var address : addresses) {
            var link = links.get(address.index());
            if (link != null) {
                // Counters are the interface's, and told there.
                entries.computeIfAbsent(address.label().orElse(link.name()), label -> new Entry(link, Optional.empty()))
                        .addresses.add(ipAddress(address));
            }
        }
    }

    private static IpAddress ipAddress(Address address) {
        var type = address.bytes().length == IpNotation.IPV4_SIZE ? IpAddress.Type.IPV4 : IpAddress.Type.IPV6;
        return new IpAddress(IpNotation.of(address.bytes()), type, address.prefix());
    }

    List<Interface> interfaces() {
        var interfaces = new ArrayList<Interface>(entries.size());
        entries.forEach((name, entry) -> {
            var hardwareAddress = Optional.of(hardwareAddress(entry.link.hardwareAddress()));
            interfaces.add(entry.addresses.isEmpty()
                    ? new Interface(name, hardwareAddress, Optional.empty(), Optional.empty())
                    : new Interface(name, hardwareAddress, Optional.of(entry.addresses), entry.statistics));
        });
        return interfaces;
    }

    /** Six bytes whatever the kind of interface, as netdevice(7) gives them: a longer address is cut, a shorter one filled with zeros. */
    private static String hardwareAddress(byte[] address) {
        return HEXADECIMAL.formatHex(Arrays.copyOf(address, HARDWARE_ADDRESS_SIZE));
    }
}
