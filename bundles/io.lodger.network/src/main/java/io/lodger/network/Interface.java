package io.lodger.network;

import io.lodger.command.Doc;
import io.lodger.command.Unsigned;
import java.util.List;
import java.util.Optional;

/** A network interface: QEMU's GuestNetworkInterface. */
public record Interface(
        @Doc("The interface's name, or the label of an IPv4 address that has one of its own.") String name,
        @Doc("Six bytes of its hardware address, in lower case hexadecimal joined by colons.") Optional<String> hardwareAddress,
        @Doc("Its addresses; missing where it has none.") Optional<List<IpAddress>> ipAddresses,
        @Doc("Its counters since it was made; missing where it has no address.") Optional<Statistics> statistics) {

    /** An address: QEMU's GuestIpAddress. */
    public record IpAddress(
            @Doc("The address in its usual notation, without scope.") String ipAddress,
            @Doc("The kind of address.") Type ipAddressType,
            @Doc("How many leading bits name the network.") int prefix) {

        /** The kinds of address. */
        public enum Type { IPV4, IPV6 }
    }

    /** Counters: QEMU's GuestNetworkInterfaceStat. */
    public record Statistics(
            @Doc("Bytes received.") @Unsigned long rxBytes,
            @Doc("Packets received.") @Unsigned long rxPackets,
            @Doc("Packets received with an error.") @Unsigned long rxErrs,
            @Doc("Packets received and dropped.") @Unsigned long rxDropped,
            @Doc("Bytes sent.") @Unsigned long txBytes,
            @Doc("Packets sent.") @Unsigned long txPackets,
            @Doc("Packets that could not be sent.") @Unsigned long txErrs,
            @Doc("Packets dropped instead of sent.") @Unsigned long txDropped) {
    }
}
