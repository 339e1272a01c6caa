package io.lodger.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/** Stream sockets named by a path, unix(7). */
public final class UnixSocket {

    private static final int BACKLOG = 16;
    private static final int PATH_OFFSET = 2;
    private static final int PATH_SIZE = 108;

    private UnixSocket() {
    }

    /**
     * A socket that listens and doesn't block. Its file is made here and stays when the descriptor is closed.
     *
     * @throws ErrnoException with {@code EADDRINUSE} when there is a file of that name
     */
    public static Descriptor listen(Path path) throws ErrnoException {
        return Sockets.listen(Sockets.AF_UNIX, address(path), BACKLOG, path.toString());
    }

    /**
     * A socket that is connected to a listener and doesn't block from then on.
     *
     * @throws ErrnoException with {@code ENOENT} without a file, {@code ECONNREFUSED} without a listener
     */
    public static Descriptor connect(Path path) throws ErrnoException, ClosedChannelException {
        return Sockets.connect(Sockets.AF_UNIX, address(path), path.toString());
    }

    private static ByteBuffer address(Path path) {
        var name = path.toString().getBytes(UTF_8);
        if (name.length == 0 || name.length >= PATH_SIZE) {
            throw new IllegalArgumentException("the path of a unix socket has 1 to " + (PATH_SIZE - 1) + " bytes, this one has "
                    + name.length + ": " + path);
        }
        return LibC.struct(PATH_OFFSET + PATH_SIZE).putShort(0, (short) Sockets.AF_UNIX).put(PATH_OFFSET, name);
    }
}
