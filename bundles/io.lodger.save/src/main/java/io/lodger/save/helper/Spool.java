package io.lodger.save.helper;

import io.lodger.save.protocol.AgentCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A stream that is kept in a file, mode 0600, until it can be read: an image tells at its end what is in it, and no byte of it is given
 * to an engine unchecked.
 */
final class Spool {

    private static final int WINDOW = 64 << 10;

    private Spool() {
    }

    /** Receives all of the stream. The file is the caller's to remove; it is removed when this fails or is cancelled. */
    static Path receive(Path stream, Path folder, AgentCalls agent, Cancellation cancellation) throws IOException {
        var path = Files.createTempFile(folder, "lodger-", ".image",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        cancellation.add(() -> delete(path));
        boolean received = false;
        try (var from = FileChannel.open(stream, StandardOpenOption.READ); var to = FileChannel.open(path, StandardOpenOption.WRITE)) {
            agent.connected();
            var window = ByteBuffer.allocateDirect(WINDOW);
            while (from.read(window.clear()) >= 0) {
                window.flip();
                while (window.hasRemaining()) {
                    to.write(window);
                }
            }
            received = true;
        } finally {
            if (!received) {
                delete(path);
            }
        }
        return path;
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
