package io.lodger.posix;

import java.nio.channels.ClosedChannelException;

/** The descriptors 0, 1 and 2 of this process, which the programs that it starts may inherit. */
public final class StandardStreams {

    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int ERROR = 2;

    private StandardStreams() {
    }

    /**
     * Lets standard input be /dev/null and standard output the same as standard error, dup2(2). Whoever needs what they were opens it
     * once more before.
     */
    public static void leave() throws ErrnoException, ClosedChannelException {
        try (var nothing = Descriptor.open("/dev/null", Descriptor.O_RDONLY)) {
            int fd = nothing.acquire();
            try {
                ErrnoException.require("dup2", LibC.dup2(fd, INPUT));
                ErrnoException.require("dup2", LibC.dup2(ERROR, OUTPUT));
            } finally {
                nothing.release();
            }
        }
    }
}
