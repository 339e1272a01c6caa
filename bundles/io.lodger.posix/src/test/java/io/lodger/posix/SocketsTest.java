package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class SocketsTest {

    @Test
    void aUnixSocketAcceptsAndCarriesBytes(@TempDir Path folder) throws IOException {
        var path = folder.resolve("agent.sock");
        try (var listener = UnixSocket.listen(path)) {
            assertTrue(Sockets.isListening(listener));
            assertEquals(Sockets.AF_UNIX, Sockets.domain(listener));
            assertNull(Sockets.accept(listener), "nobody there yet");
            assertCarries(listener, UnixSocket.connect(path));
            var e = assertThrows(ErrnoException.class, () -> UnixSocket.listen(path));
            assertEquals("bind " + path + ": Address already in use", e.getMessage());
        }
        var e = assertThrows(ErrnoException.class, () -> UnixSocket.connect(path));
        assertEquals(ErrnoException.ECONNREFUSED, e.errno());
        assertThrows(IllegalArgumentException.class, () -> UnixSocket.listen(folder.resolve("x".repeat(108))));
    }

    @Test
    @EnabledIf("hasVsockLoopback")
    void aVsockAcceptsAndCarriesBytes() throws IOException {
        int port = (int) ProcessHandle.current().pid() + 100_000;
        try (var listener = Vsock.listen(Vsock.VMADDR_CID_ANY, port)) {
            assertTrue(Sockets.isListening(listener));
            assertEquals(Sockets.AF_VSOCK, Sockets.domain(listener));
            assertCarries(listener, Vsock.connect(Vsock.VMADDR_CID_LOCAL, port));
        }
    }

    @Test
    void aFileIsNoSocket() throws IOException {
        try (var file = Descriptor.open("/dev/null", Descriptor.O_RDWR)) {
            var e = assertThrows(ErrnoException.class, () -> Sockets.domain(file));
            assertEquals(ErrnoException.ENOTSOCK, e.errno());
        }
    }

    @Test
    void aConnectedSocketDoesNotListen() throws IOException {
        try (var pair = SocketPair.open()) {
            assertFalse(Sockets.isListening(pair.left()));
        }
    }

    private static void assertCarries(Descriptor listener, Descriptor client) throws IOException {
        try (client; var epoll = new Epoll()) {
            epoll.add(listener, Epoll.EPOLLIN);
            assertEquals(1, epoll.await(5000));
            try (var server = Sockets.accept(listener)) {
                epoll.add(server, Epoll.EPOLLIN);
                var buffer = ByteBuffer.allocateDirect(10);
                assertEquals(0, server.read(buffer), "does not block");
                client.write(SocketPair.bytes("ping"));
                assertEquals(1, epoll.await(5000));
                assertEquals(4, server.read(buffer));
                assertEquals("ping", SocketPair.text(buffer));
            }
        }
    }

    static boolean hasVsockLoopback() {
        return Files.exists(Path.of("/sys/module/vsock_loopback"));
    }
}
