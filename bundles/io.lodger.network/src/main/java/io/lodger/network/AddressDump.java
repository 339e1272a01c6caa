package io.lodger.network;

import io.lodger.posix.Attributes;
import io.lodger.posix.Netlink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses as the kernel lists them: a dump of RTM_GETADDR, rtnetlink(7). */
final class AddressDump implements Netlink.MessageConsumer {

    private static final int RTM_NEWADDR = 20;
    private static final int RTM_GETADDR = 22;

    /** struct ifaddrmsg, with the length of the prefix at offset 1 and the interface's index at offset 4. */
    private static final int HEADER_SIZE = 8;
    private static final int PREFIX = 1;
    private static final int INDEX = 4;

    private static final short IFA_ADDRESS = 1;
    private static final short IFA_LOCAL = 2;
    private static final short IFA_LABEL = 3;

    /**
     * An address of an interface.
     *
     * @param index the interface's
     * @param label the name IPv4 gives it, which is the interface's own unless somebody chose another
     */
    record Address(int index, Optional<String> label, byte[] bytes, int prefix) {
    }

    private final List<Address> addresses = new ArrayList<>();

    /** All addresses, in the kernel's order: IPv4, then IPv6. */
    static List<Address> take() throws IOException {
        return Netlink.dump(RTM_GETADDR, ByteBuffer.allocate(HEADER_SIZE), AddressDump::new).addresses;
    }

    @Override
    public void message(int type, ByteBuffer payload) {
        if (type != RTM_NEWADDR) {
            return;
        }
        byte[] local = null;
        byte[] address = null;
        Optional<String> label = Optional.empty();
        var attributes = new Attributes(payload, HEADER_SIZE);
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFA_LOCAL -> local = attributes.bytes();
                case IFA_ADDRESS -> address = attributes.bytes();
                case IFA_LABEL -> label = Optional.of(attributes.string());
                default -> {
                }
            }
        }
        // On a point-to-point interface IFA_ADDRESS is the peer's; IPv6 without a peer has no IFA_LOCAL.
        var own = local != null ? local : address;
        if (own != null) {
            addresses.add(new Address(payload.getInt(payload.position() + INDEX), label, own,
                    Byte.toUnsignedInt(payload.get(payload.position() + PREFIX))));
        }
    }
}
