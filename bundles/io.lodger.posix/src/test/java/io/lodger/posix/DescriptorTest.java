package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorTest {

    @Test
    void bytesArriveAtTheOtherEndInOrder() throws IOException {
        try (var pair = SocketPair.open()) {
            var sent = SocketPair.bytes("..hello").position(2);
            assertEquals(5, pair.left().write(sent));
            assertFalse(sent.hasRemaining());
            var received = ByteBuffer.allocateDirect(10).position(3);
            assertEquals(5, pair.right().read(received));
            assertEquals(8, received.position());
            assertEquals("\0\0\0hello", SocketPair.text(received));
        }
    }

    @Test
    void readsZeroWhereItWouldBlockAndMinusOneAtTheEnd() throws IOException {
        try (var pair = SocketPair.open()) {
            var buffer = ByteBuffer.allocateDirect(1);
            assertEquals(0, pair.right().read(buffer));
            pair.left().close();
            assertEquals(-1, pair.right().read(buffer));
        }
    }

    @Test
    void writesWhatThereIsRoomForAndThenZero() throws IOException {
        try (var pair = SocketPair.open()) {
            var much = ByteBuffer.allocateDirect(8 << 20);
            int written = pair.left().write(much);
            assertTrue(written > 0 && written < much.capacity(), "wrote " + written);
            int more = pair.left().write(much);
            while (more > 0) {
                more = pair.left().write(much);
            }
            assertEquals(0, more);
        }
    }

    @Test
    void writingToAPeerThatIsGoneIsAnErrorNotASignal() throws IOException {
        try (var pair = SocketPair.open()) {
            pair.right().close();
            var e = assertThrows(ErrnoException.class, () -> pair.left().write(SocketPair.bytes("x")));
            assertEquals(ErrnoException.EPIPE, e.errno());
        }
    }

    @Test
    void anErrorNamesTheCallThePathAndTheReason() {
        var e = assertThrows(ErrnoException.class, () -> Descriptor.open("/dev/no-such-port", Descriptor.O_RDWR));
        assertEquals(ErrnoException.ENOENT, e.errno());
        assertEquals("open /dev/no-such-port: No such file or directory", e.getMessage());
    }

    @Test
    void pathsMayHaveAnyCharacters(@TempDir Path folder) throws IOException {
        var path = folder.resolve("Grüße 中");
        Descriptor.open(path.toString(), Descriptor.O_CREAT | Descriptor.O_WRONLY).close();
        try (var listing = new ProcessBuilder("ls", folder.toString()).start().inputReader(java.nio.charset.StandardCharsets.UTF_8)) {
            assertEquals("Grüße 中", listing.readLine());
        }
        assertThrows(IllegalArgumentException.class, () -> Descriptor.open("a\0b", 0));
    }

    @Test
    void onlyDirectBuffersAreAccepted() throws IOException {
        try (var pair = SocketPair.open()) {
            assertThrows(IllegalArgumentException.class, () -> pair.left().read(ByteBuffer.allocate(1)));
            assertThrows(IllegalArgumentException.class, () -> pair.left().write(ByteBuffer.allocate(1)));
            var readOnly = ByteBuffer.allocateDirect(1).asReadOnlyBuffer();
            assertThrows(IllegalArgumentException.class, () -> pair.left().read(readOnly));
            assertEquals(1, pair.left().write(readOnly));
        }
    }

    @Test
    void closingTwiceLeavesADescriptorOfTheSameNumberAlone() throws IOException {
        var first = Descriptor.open("/dev/null", Descriptor.O_RDWR);
        int number = first.number();
        first.close();
        try (var second = Descriptor.open("/dev/zero", Descriptor.O_RDWR)) {
            assumeTrue(number == second.number(), "another thread of the JVM took the number first");
            first.close();
            assertThrows(ClosedChannelException.class, () -> first.read(ByteBuffer.allocateDirect(1)));
            assertThrows(ClosedChannelException.class, () -> first.nonBlocking(true));
            first.close();
            assertEquals(-1, first.number());
            assertEquals(1, second.read(ByteBuffer.allocateDirect(1)));
        }
    }

    @Test
    void aCloseDuringACallWaitsForItsEnd() throws IOException {
        var descriptor = Descriptor.open("/dev/zero", Descriptor.O_RDWR);
        int number = descriptor.acquire();
        descriptor.close();
        assertTrue(Files.exists(Path.of("/proc/self/fd/" + number)));
        assertThrows(ClosedChannelException.class, descriptor::acquire);
        descriptor.release();
        assertFalse(Files.exists(Path.of("/proc/self/fd/" + number)));
    }

    @Test
    void anInheritedDescriptorIsNotPassedOn() throws IOException {
        try (var pair = SocketPair.open()) {
            assertTrue((flags(pair.left()) & Descriptor.O_CLOEXEC) != 0, "close-on-exec");
        }
        var e = assertThrows(ErrnoException.class, () -> Descriptor.inherited(987_654));
        assertEquals("file descriptor 987654: Bad file descriptor", e.getMessage());
    }

    @Test
    void nonBlockingCanBeSwitched() throws IOException {
        try (var pair = SocketPair.open()) {
            pair.left().nonBlocking(false);
            assertFalse(hasNonBlocking(pair.left()));
            pair.left().nonBlocking(true);
            assertTrue(hasNonBlocking(pair.left()));
        }
    }

    private static boolean hasNonBlocking(Descriptor descriptor) throws IOException {
        return (flags(descriptor) & Descriptor.O_NONBLOCK) != 0;
    }

    private static int flags(Descriptor descriptor) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/fdinfo/" + descriptor.number()));
        var octal = lines.stream().filter(line -> line.startsWith("flags:")).findFirst().orElseThrow().substring(6).strip();
        return Integer.parseInt(octal, 8);
    }
}
