package io.lodger.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.channels.ClosedChannelException;

/** The steps that make the calling process a daemon, daemon(7), apart from the fork that a JVM can't do. */
public final class Daemon {

    private static final int STANDARD_STREAMS = 3;

    private Daemon() {
    }

    /**
     * Leaves the controlling terminal for a session of its own, setsid(2).
     *
     * @throws ErrnoException with {@code EPERM} when the process leads a process group already
     */
    public static void setsid() throws ErrnoException {
        ErrnoException.require("setsid", LibC.setsid());
    }

    /**
     * Sets which permissions new files don't get, umask(2).
     *
     * @return the mask before
     */
    public static int umask(int mask) {
        return LibC.umask(mask);
    }

    /** Goes to another directory, chdir(2). Java resolves its own relative paths against the old one all the same. */
    public static void chdir(String path) throws ErrnoException {
        ErrnoException.require("chdir " + path, LibC.chdir((path + '\0').getBytes(UTF_8)));
    }

    /** Lets standard input, output and error be /dev/null, dup2(2). */
    public static void nullStandardStreams() throws ErrnoException, ClosedChannelException {
        try (var nothing = Descriptor.open("/dev/null", Descriptor.O_RDWR)) {
            int fd = nothing.acquire();
            try {
                for (int stream = 0; stream < STANDARD_STREAMS; stream++) {
                    ErrnoException.require("dup2 " + stream, LibC.dup2(fd, stream));
                }
            } finally {
                nothing.release();
            }
        }
    }
}
