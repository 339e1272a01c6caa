package io.lodger.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor that belongs to the holder of this object, and is not inherited by programs that this process starts.
 *
 * <p>Any thread may call any method. The descriptor is given back to the kernel when {@link #close} was called and the last call
 * under way has returned, so a call never meets a stranger that was opened under the same number. For the same reason closing
 * doesn't end another thread's call that blocks: wait with {@link Epoll}, and read and write without blocking.
 */
public final class Descriptor implements AutoCloseable {

    /** Open for reading and writing; without it and {@link #O_WRONLY} for reading only. See open(2). */
    public static final int O_RDWR = 2;
    /** Open for reading. */
    public static final int O_RDONLY = 0;
    /** Open for writing. */
    public static final int O_WRONLY = 1;
    /** Make the file, with mode 0600, where there is none. */
    public static final int O_CREAT = 0100;
    /** Don't let a terminal become the controlling one of the process. */
    public static final int O_NOCTTY = 0400;
    /** Reads and writes return at once. */
    public static final int O_NONBLOCK = 04000;
    /** Close the descriptor in programs that this process starts. Always set here, whether it is given or not. */
    public static final int O_CLOEXEC = 02000000;

    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int FD_CLOEXEC = 1;
    private static final int CREATED_MODE = 0600;
    private static final int CLOSED = Integer.MIN_VALUE;

    private final int number;

    /** How many calls are under way, with the highest bit set once it was closed. */
    private final AtomicInteger calls = new AtomicInteger();

    /** Takes over a descriptor that a system call has just returned. */
    Descriptor(int number) {
        this.number = number;
    }

    /**
     * Opens a file or device, open(2).
     *
     * @param path the file; encoded as UTF-8
     * @param flags the {@code O_} constants, joined with {@code |}
     * @throws ErrnoException when it can't be opened
     */
    public static Descriptor open(String path, int flags) throws ErrnoException {
        if (path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a path has no NUL in it: " + path.replace('\0', '?'));
        }
        var name = (path + '\0').getBytes(UTF_8);
        while (true) {
            int fd = LibC.open(name, flags | O_CLOEXEC, CREATED_MODE);
            if (fd >= 0) {
                return new Descriptor(fd);
            }
            ErrnoException.retry("open " + path);
        }
    }

    /** The same for a path of the default file system. */
    public static Descriptor open(Path path, int flags) throws ErrnoException {
        return open(path.toString(), flags);
    }

    /**
     * Takes over a descriptor that the process was started with, as in sd_listen_fds(3), and sets {@code FD_CLOEXEC} on it.
     *
     * @throws ErrnoException when no descriptor of that number is open ({@code EBADF})
     */
    public static Descriptor inherited(int number) throws ErrnoException {
        int flags = LibC.fcntl(number, F_GETFD, 0);
        if (flags < 0 || LibC.fcntl(number, F_SETFD, flags | FD_CLOEXEC) < 0) {
            throw new ErrnoException("file descriptor " + number, LibC.errno());
        }
        return new Descriptor(number);
    }

    /** The number the kernel knows it by, or -1 once it was closed. For messages: as an argument it may be a stranger's by then. */
    public int number() {
        return isOpen() ? number : -1;
    }

    /** Whether it has not been closed. */
    public boolean isOpen() {
        return calls.get() >= 0;
    }

    /**
     * Reads what is there into the buffer's remaining space and advances its position, read(2).
     *
     * @param direct a direct buffer
     * @return the bytes read; 0 when reading would block, or the buffer is full; -1 at the end of the file
     * @throws ErrnoException when reading fails, for instance with {@code ECONNRESET} or {@code EIO}
     */
    public int read(ByteBuffer direct) throws ErrnoException, ClosedChannelException {
        if (direct.isReadOnly()) {
            throw new IllegalArgumentException("the buffer to read into is read-only");
        }
        return transfer(direct, true);
    }

    /**
     * Writes as much of the buffer's remaining bytes as there is room for and advances its position, write(2).
     *
     * @param direct a direct buffer
     * @return the bytes written; 0 when writing would block, or nothing remained
     * @throws ErrnoException when writing fails, for instance with {@code EPIPE}
     */
    public int write(ByteBuffer direct) throws ErrnoException, ClosedChannelException {
        return transfer(direct, false);
    }

    private int transfer(ByteBuffer direct, boolean reading) throws ErrnoException, ClosedChannelException {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("the kernel needs a direct buffer: ByteBuffer.allocateDirect");
        }
        if (!direct.hasRemaining()) {
            return 0;
        }
        int fd = acquire();
        try {
            long address = LibC.address(direct) + direct.position();
            while (true) {
                long count = reading
                        ? LibC.read(fd, address, direct.remaining())
                        : LibC.write(fd, address, direct.remaining());
                if (count >= 0) {
                    direct.position(direct.position() + (int) count);
                    return count == 0 && reading ? -1 : (int) count;
                }
                if (ErrnoException.wouldBlock(reading ? "read" : "write")) {
                    return 0;
                }
            }
        } finally {
            Reference.reachabilityFence(direct);
            release();
        }
    }

    /** Whether reads and writes return at once instead of waiting: {@code O_NONBLOCK}, fcntl(2). */
    public void nonBlocking(boolean nonBlocking) throws ErrnoException, ClosedChannelException {
        int fd = acquire();
        try {
            int flags = LibC.fcntl(fd, F_GETFL, 0);
            int wanted = nonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
            if (flags < 0 || wanted != flags && LibC.fcntl(fd, F_SETFL, wanted) < 0) {
                throw new ErrnoException("fcntl O_NONBLOCK", LibC.errno());
            }
        } finally {
            release();
        }
    }

    /** Closes it, close(2); again does nothing. An error of close(2) is dropped, for the descriptor is gone all the same. */
    @Override
    public void close() {
        int before = calls.getAndUpdate(count -> count | CLOSED);
        if (before == 0) {
            LibC.close(number);
        }
    }

    /** Begins a call: the number stays this descriptor's own until {@link #release}. */
    int acquire() throws ClosedChannelException {
        int before;
        do {
            before = calls.get();
            if (before < 0) {
                throw new ClosedChannelException();
            }
        } while (!calls.compareAndSet(before, before + 1));
        return number;
    }

    /** Ends a call. */
    void release() {
        if (calls.decrementAndGet() == CLOSED) {
            LibC.close(number);
        }
    }
}
