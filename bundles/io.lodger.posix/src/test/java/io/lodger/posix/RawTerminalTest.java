package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RawTerminalTest {

    @Test
    void everyByteArrivesUnchangedAndUnechoedInBothDirections() throws IOException {
        try (var pty = Pty.open()) {
            RawTerminal.configure(pty.slave());
            assertCarries(pty.master(), pty.slave());
            assertCarries(pty.slave(), pty.master());
        }
    }

    @Test
    void whatCameBeforeIsThrownAway() throws IOException {
        try (var pty = Pty.open()) {
            pty.master().write(SocketPair.bytes("garbage\n"));
            RawTerminal.configure(pty.slave());
            assertEquals(0, pty.slave().read(ByteBuffer.allocateDirect(100)));
        }
    }

    @Test
    void theLineRunsAt38400BaudAsSttySees() throws IOException {
        try (var pty = Pty.open()) {
            RawTerminal.configure(pty.slave());
            var slave = Path.of("/proc/self/fd/" + pty.slave().number()).toRealPath();
            try (var stty = new ProcessBuilder("stty", "-a", "-F", slave.toString()).start().inputReader()) {
                var settings = stty.lines().reduce("", (a, b) -> a + " " + b);
                assertTrue(settings.contains("speed 38400 baud"), settings);
                for (var off : new String[] {"-icanon", "-echo", "-isig", "-ixon", "-ixoff", "-icrnl", "-opost", "-istrip", "-parenb"}) {
                    assertTrue(settings.contains(" " + off), off + " in " + settings);
                }
                assertTrue(settings.contains(" cs8"), settings);
            }
        }
    }

    @Test
    void aFileIsNoTerminal() throws IOException {
        try (var file = Descriptor.open("/dev/null", Descriptor.O_RDWR)) {
            var e = assertThrows(ErrnoException.class, () -> RawTerminal.configure(file));
            assertEquals(ErrnoException.ENOTTY, e.errno());
        }
    }

    private static void assertCarries(Descriptor from, Descriptor to) throws IOException {
        var sent = ByteBuffer.allocateDirect(256);
        for (int i = 0; i < sent.capacity(); i++) {
            sent.put(i, (byte) i);
        }
        assertEquals(256, from.write(sent));
        try (var epoll = new Epoll()) {
            epoll.add(to, Epoll.EPOLLIN);
            var received = ByteBuffer.allocateDirect(300);
            while (received.position() < 256 && epoll.await(5000) > 0) {
                to.read(received);
            }
            assertEquals(sent.flip(), received.flip());
        }
        assertEquals(0, from.read(ByteBuffer.allocateDirect(1)), "no echo");
    }
}
