package io.lodger.core.bundles.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is replaced as a whole: after a power cut at any moment it has the old content or the new one. The order that this
 * takes is that of fsync(2) and rename(2): content, its fsync, the rename, the fsync of the folder.
 */
public final class DurableFile {

    /** What the names of files end with that are not finished; whoever starts may delete them. */
    static final String UNFINISHED = ".tmp";

    private final Path path;

    public DurableFile(Path path) {
        this.path = path;
    }

    /** The content; empty when the file isn't there. */
    public Optional<byte[]> read() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces the content; when this fails the file is as it was. Makes the folder if needed. */
    public void write(byte[] content) throws IOException {
        makeFolder(path.getParent());
        var unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
        try {
            try (var channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                for (var rest = ByteBuffer.wrap(content); rest.hasRemaining();) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            publish(unfinished, path);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Deletes the file, if it is there, for good. */
    public void delete() throws IOException {
        if (Files.deleteIfExists(path)) {
            syncFolder(path.getParent());
        }
    }

    /** Makes a folder, with those above it, that is there after a power cut too. */
    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeFolder(folder.toAbsolutePath().getParent());
            Files.createDirectories(folder);
            syncFolder(folder.toAbsolutePath().getParent());
        }
    }

    /** Gives a file that was synced its name, in the same file system. */
    static void publish(Path synced, Path name) throws IOException {
        Files.move(synced, name, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(name.getParent());
    }

    /** Makes sure that the content of a file is on the disk. */
    static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** A folder can be opened for reading only; that does for fsync(2). */
    private static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
