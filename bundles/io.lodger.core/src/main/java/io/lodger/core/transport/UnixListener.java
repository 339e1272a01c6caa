package io.lodger.core.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Listens on a Unix socket (unix(7)). One host at a time; the next one waits in the kernel's queue. */
public final class UnixListener implements Transport {

    /** As qemu-ga has it: a second host may wait, a third one is told to try again. */
    private static final int BACKLOG = 1;

    /** How many bytes a socket's path may have (unix(7), without the NUL at its end). */
    private static final int PATH_LIMIT = 107;
    private static final String LONGEST = "; a socket's path has " + PATH_LIMIT + " bytes at most";

    private final ServerSocketChannel listener;

    /**
     * Listens. A socket that another agent left at the path is replaced; anything else there is not touched.
     *
     * @throws IOException when the path is no place for a socket
     */
    public UnixListener(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!isSocket(path)) {
                throw new FileAlreadyExistsException(path.toString(), null, "is no socket, and is left alone");
            }
            Files.delete(path);
        }
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path), BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw new IOException("can't listen on " + path + ": " + e.getMessage() + (isTooLong(path) ? LONGEST : ""), e);
        }
    }

    private static boolean isTooLong(Path path) {
        return path.toString().getBytes().length > PATH_LIMIT;
    }

    private static boolean isSocket(Path path) throws IOException {
        int type = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
        return type == 0140000;
    }

    @Override
    public Connection accept() throws IOException {
        var host = listener.accept();
        try {
            return new SocketConnection(host);
        } catch (IOException e) {
            host.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
