package io.lodger.core.bundles.upload;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.store.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** One file on its way. */
final class Upload {

    private final String id;
    private final Path file;
    private final long size;
    private final String sha256;
    private long received;
    private Instant touched;

    Upload(String id, Path file, long size, String sha256, Instant now) {
        this.id = id;
        this.file = file;
        this.size = size;
        this.sha256 = sha256;
        touched = now;
    }

    String id() {
        return id;
    }

    String sha256() {
        return sha256;
    }

    /** How many bytes are there, from the first one on. */
    synchronized long received() {
        return received;
    }

    synchronized void touch(Instant now) {
        touched = now;
    }

    synchronized boolean isUntouchedSince(Instant limit) {
        return touched.isBefore(limit);
    }

    /** Writes a chunk. One that was sent before may be sent again, but none may be left out. */
    synchronized void write(long offset, byte[] chunk) throws CommandException, IOException {
        if (offset < 0 || offset > received) {
            throw new CommandException("offset is " + offset + ", but " + received + " bytes of upload " + id + " are there: the next "
                    + "chunk begins at " + received);
        }
        if (chunk.length > Uploads.CHUNK_SIZE) {
            throw new CommandException("The chunk has " + chunk.length + " bytes; " + Uploads.CHUNK_SIZE + " at most are taken at once");
        }
        if (offset + chunk.length > size) {
            throw new CommandException("Upload " + id + " was announced with " + size + " bytes; this chunk ends at "
                    + (offset + chunk.length));
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var rest = ByteBuffer.wrap(chunk);
            for (long at = offset; rest.hasRemaining(); at += channel.write(rest, at)) {
                received = Math.max(received, at);
            }
            received = Math.max(received, offset + chunk.length);
        } catch (IOException e) {
            throw new CommandException("The chunk can't be written to " + file + " (" + e.getMessage() + "); make room and send it again, "
                    + "or give up with lodger-bundle-upload-abort");
        }
    }

    synchronized void checkComplete() throws CommandException, IOException {
        if (received < size) {
            throw new CommandException("Upload " + id + " is not complete: " + received + " of " + size + " bytes are there");
        }
        var now = Sha256.of(file);
        if (!now.equals(sha256)) {
            received = 0;
            throw new CommandException("Upload " + id + " has arrived with another SHA-256 than was announced, " + now + "; send it again "
                    + "from offset 0");
        }
    }

    synchronized void moveTo(Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    synchronized void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
