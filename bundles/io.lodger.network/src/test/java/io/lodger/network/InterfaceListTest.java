package io.lodger.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.network.AddressDump.Address;
import io.lodger.network.Interface.Statistics;
import io.lodger.network.LinkDump.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterfaceListTest {

    private static final Optional<Statistics> COUNTERS = Optional.of(new Statistics(1, 2, 3, 4, 5, 6, 7, 8));

    private final Map<Integer, Link> links = new LinkedHashMap<>();

    @Test
    void anInterfaceWithoutAddressHasNeitherAddressesNorCounters() {
        links.put(2, new Link("eth0", new byte[] {1, 2, 3, 4, 5, (byte) 0xab}, COUNTERS));
        assertEquals(List.of(new Interface("eth0", Optional.of("01:02:03:04:05:ab"), Optional.empty(), Optional.empty())),
                new InterfaceList(links, List.of()).interfaces());
    }

    @Test
    void aLabelThatIsNoInterfacesNameMakesAnEntryAfterTheInterfaces() {
        links.put(2, new Link("eth0", new byte[6], COUNTERS));
        links.put(3, new Link("eth1", new byte[6], COUNTERS));
        var interfaces = new InterfaceList(links, List.of(
                new Address(2, Optional.of("eth0:1"), new byte[] {10, 0, 0, 1}, 8),
                new Address(2, Optional.of("eth0"), new byte[] {10, 0, 0, 2}, 8))).interfaces();
        assertEquals(List.of("eth0", "eth1", "eth0:1"), interfaces.stream().map(Interface::name).toList());
        assertTrue(interfaces.get(2).statistics().isEmpty());
        assertEquals(COUNTERS, interfaces.get(0).statistics());
    }

    @Test
    void hardwareAddressesHaveSixBytesWhateverTheKernelSays() {
        links.put(1, new Link("tun0", new byte[] {}, COUNTERS));
        links.put(2, new Link("sit0", new byte[] {(byte) 192, 0, 2, 1}, COUNTERS));
        links.put(3, new Link("ib0", new byte[20], COUNTERS));
        assertEquals(List.of("00:00:00:00:00:00", "c0:00:02:01:00:00", "00:00:00:00:00:00"),
                new InterfaceList(links, List.of()).interfaces().stream().map(i -> i.hardwareAddress().orElseThrow()).toList());
    }

    @Test
    void anAddressWhoseInterfaceWentBetweenTheTwoDumpsIsLeftOut() {
        assertEquals(List.of(), new InterfaceList(links, List.of(new Address(9, Optional.empty(), new byte[16], 64))).interfaces());
    }
}
