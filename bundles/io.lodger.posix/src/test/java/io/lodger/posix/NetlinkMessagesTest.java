package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagrams as the kernel builds them, of messages that it only sends when things go wrong. */
class NetlinkMessagesTest {

    private static final int DONE = 3;
    private static final int ROUTE = 24;
    private static final int MULTI = 2;
    private static final int INTERRUPTED = 0x10;

    private final List<String> seen = new ArrayList<>();
    private final NetlinkMessages messages = new NetlinkMessages((type, payload) -> seen.add(type + ":" + payload.remaining()));
    private final ByteBuffer datagram = LibC.struct(200);

    @Test
    void severalDatagramsMakeOneDumpThatEndsWithDone() throws IOException {
        messages.accept(message(message(datagram, ROUTE, MULTI, 5), ROUTE, MULTI, 8).flip());
        assertFalse(messages.isDone());
        messages.accept(message(message(datagram.clear(), ROUTE, MULTI, 12), DONE, MULTI, 4).flip());
        assertTrue(messages.isDone());
        assertTrue(messages.isConsistent());
        assertEquals(List.of("24:5", "24:8", "24:12"), seen);
    }

    @Test
    void aDumpThatSaysItWasInterruptedIsNotConsistent() throws IOException {
        messages.accept(message(message(datagram, ROUTE, MULTI | INTERRUPTED, 4), DONE, MULTI, 4).flip());
        assertTrue(messages.isDone());
        assertFalse(messages.isConsistent());
    }

    @Test
    void anErrorInsteadOfADumpIsThrown() {
        message(datagram, 2, 0, 20).putInt(16, -ErrnoException.EPERM);
        var e = assertThrows(ErrnoException.class, () -> messages.accept(datagram.flip()));
        assertEquals(ErrnoException.EPERM, e.errno());
    }

    @Test
    void anErrorInTheMiddleOfADumpIsThrown() {
        message(datagram, DONE, MULTI, 4).putInt(16, -ErrnoException.EINVAL);
        var e = assertThrows(ErrnoException.class, () -> messages.accept(datagram.flip()));
        assertEquals(ErrnoException.EINVAL, e.errno());
    }

    @Test
    void aLengthThatDoesNotFitIsRefused() {
        message(datagram, ROUTE, MULTI, 8).putInt(0, 100);
        var e = assertThrows(IOException.class, () -> messages.accept(datagram.flip()));
        assertEquals("the kernel sent a netlink message of 100 bytes where 24 were left", e.getMessage());
    }

    private static ByteBuffer message(ByteBuffer buffer, int type, int flags, int payload) {
        int start = buffer.position();
        return buffer.putInt(start, 16 + payload).putShort(start + 4, (short) type).putShort(start + 6, (short) flags)
                .position(start + 16 + (payload + 3 & ~3));
    }
}
