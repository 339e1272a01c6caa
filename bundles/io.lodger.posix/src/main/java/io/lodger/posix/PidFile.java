package io.lodger.posix;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file with this process's number and a newline in it, locked with lockf(3) for as long as the process lives, so that a second
 * process that wants the same file learns that the first one runs. The kernel drops the lock when the process ends, however it ends.
 *
 * <p>The lock is the process's: it is lost when the same process opens and closes the file a second time.
 */
public final class PidFile implements AutoCloseable {

    private static final int F_TLOCK = 2;

    private final Path path;
    private final Descriptor descriptor;

    private PidFile(Path path, Descriptor descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /**
     * Makes the file with mode 0600, or takes one over that nobody holds, locks it and writes the number.
     *
     * @throws ErrnoException when it can't be written; with {@code EAGAIN} or {@code EACCES} from lockf when another process holds it
     */
    public static PidFile acquire(Path path) throws IOException {
        var descriptor = Descriptor.open(path, Descriptor.O_CREAT | Descriptor.O_RDWR);
        try {
            int fd = descriptor.acquire();
            try {
                ErrnoException.require("lockf " + path, LibC.lockf(fd, F_TLOCK, 0));
                ErrnoException.require("ftruncate " + path, LibC.ftruncate(fd, 0));
            } finally {
                descriptor.release();
            }
            var text = (ProcessHandle.current().pid() + "\n").getBytes(US_ASCII);
            var buffer = LibC.struct(text.length).put(0, text);
            while (buffer.hasRemaining()) {
                descriptor.write(buffer);
            }
            return new PidFile(path, descriptor);
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
    }

    /** Removes the file and gives the lock back. */
    @Override
    public void close() throws IOException {
        if (descriptor.isOpen()) {
            Files.deleteIfExists(path);
            descriptor.close();
        }
    }
}
