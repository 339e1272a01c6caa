package io.lodger.save.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is there only when it is whole: it is written under a temporary name in the same folder, and given its own name when
 * all of it is on the disk. Never takes the place of another.
 */
public final class ImageFile implements AutoCloseable {

    /** What a temporary name ends with. */
    public static final String PARTIAL = ".partial";

    private static final int LONGEST_NAME = 200;

    private final Path path;
    private final Path temporary;
    private final FileChannel channel;
    private boolean gone;

    private ImageFile(Path path, Path temporary, FileChannel channel) {
        this.path = path;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Says why a file can't be made; does nothing when nothing is known to speak against it.
     *
     * @throws FileSystemException with the path and the reason
     */
    public static void check(Path path) throws FileSystemException {
        if (!path.isAbsolute()) {
            throw new FileSystemException(path.toString(), null, "is no absolute path");
        }
        if (path.getFileName() == null || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(path.toString(), null, "exists already; an image never takes the place of a file");
        }
        if (!Files.isDirectory(path.getParent())) {
            throw new FileSystemException(path.toString(), null, "there is no folder " + path.getParent());
        }
    }

    /** Makes the file under its temporary name, with mode 0600. */
    public static ImageFile create(Path path, long distinction) throws IOException {
        check(path);
        var temporary = temporaryName(path, distinction);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var channel = FileChannel.open(temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode);
        return new ImageFile(path, temporary, channel);
    }

    /**
     * The name that a file has until it is whole.
     *
     * @param distinction the id of the process that writes it
     */
    public static Path temporaryName(Path path, long distinction) {
        var name = path.getFileName().toString();
        return path.resolveSibling("." + name.substring(0, Math.min(LONGEST_NAME, name.length())) + "." + distinction + PARTIAL);
    }

    /** Where its content is written to. */
    public Sink sink() {
        return new FileSink(channel, path);
    }

    /** Gives the file its name, once all of it is on the disk. */
    public synchronized void commit() throws IOException {
        if (gone) {
            throw new IOException(path + " was given up");
        }
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new IOException(path + " can't be written: " + e.getMessage(), e);
        }
        giveName();
        gone = true;
        try (var folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** A link fails where a file of the name has come meanwhile, and a renaming would take its place. */
    private void giveName() throws IOException {
        try {
            Files.createLink(path, temporary);
            Files.delete(temporary);
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(path.toString(), null, "has come while the image was written");
        } catch (FileSystemException | UnsupportedOperationException e) {
            // A file system without links, such as FAT.
            Files.move(temporary, path);
        }
    }

    /** Removes the file unless it has its name. Any thread may do it. */
    @Override
    public synchronized void close() throws IOException {
        if (!gone) {
            gone = true;
            try {
                channel.close();
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
    }
}
