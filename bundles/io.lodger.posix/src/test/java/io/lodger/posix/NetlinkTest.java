package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NetlinkTest {

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;
    private static final int IFINFOMSG_SIZE = 16;
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;

    @Test
    void theLinksAreThoseOfProc() throws IOException {
        var names = new TreeSet<>(Netlink.dump(RTM_GETLINK, ByteBuffer.allocate(IFINFOMSG_SIZE), Links::new).names);
        var expected = new TreeSet<String>();
        for (var line : Files.readAllLines(Path.of("/proc/net/dev"))) {
            if (line.contains(":")) {
                expected.add(line.substring(0, line.indexOf(':')).strip());
            }
        }
        assertTrue(names.contains("lo"));
        assertEquals(expected, names);
    }

    @Test
    void aRefusedRequestSaysWhy() {
        var e = assertThrows(ErrnoException.class, () -> Netlink.dump(9999, ByteBuffer.allocate(0), Links::new));
        assertEquals(ErrnoException.EOPNOTSUPP, e.errno());
        assertEquals("netlink dump: Operation not supported", e.getMessage());
    }

    @Test
    void anAttributeIsNotReadPastItsEnd() throws IOException {
        Netlink.dump(RTM_GETLINK, ByteBuffer.allocate(IFINFOMSG_SIZE), () -> (type, payload) -> {
            var attributes = new Attributes(payload, IFINFOMSG_SIZE);
            while (attributes.next()) {
                assertThrows(IndexOutOfBoundsException.class, () -> attributes.getByte(attributes.length()));
                assertThrows(IndexOutOfBoundsException.class, () -> attributes.getLong(attributes.length() - 7));
            }
        });
    }

    private static final class Links implements Netlink.MessageConsumer {

        private final List<String> names = new ArrayList<>();

        @Override
        public void message(int type, ByteBuffer payload) {
            assertEquals(RTM_NEWLINK, type);
            var attributes = new Attributes(payload, IFINFOMSG_SIZE);
            while (attributes.next()) {
                if (attributes.type() == IFLA_IFNAME) {
                    names.add(attributes.string());
                } else if (attributes.type() == IFLA_ADDRESS) {
                    assertEquals(attributes.length(), attributes.bytes().length);
                }
            }
        }
    }
}
