package io.lodger.posix;

import java.nio.channels.ClosedChannelException;

/** Makes a terminal carry bytes as they are, termios(3): what an agent on a serial line needs. */
public final class RawTerminal {

    /** NCCS and the speeds differ between machines; this is larger than any struct termios. */
    private static final int TERMIOS_SIZE = 256;
    private static final int TCSANOW = 0;
    private static final int TCIFLUSH = 0;
    private static final int B38400 = 017;

    private RawTerminal() {
    }

    /**
     * Sets 38400 baud, eight bits and no processing of any kind in either direction, neither echo nor signals nor flow control by
     * XON and XOFF, and throws away what was received before. To be opened with {@code O_RDWR | O_NOCTTY | O_NONBLOCK}, so that
     * opening doesn't wait for a carrier.
     *
     * @throws ErrnoException with {@code ENOTTY} when it is no terminal
     */
    public static void configure(Descriptor terminal) throws ErrnoException, ClosedChannelException {
        var termios = LibC.struct(TERMIOS_SIZE);
        int fd = terminal.acquire();
        try {
            ErrnoException.require("tcgetattr", LibC.tcgetattr(fd, termios));
            LibC.cfmakeraw(termios);
            // c_iflag stands first. cfmakeraw leaves IXOFF and INPCK in it, which put bytes in and take bytes out.
            termios.putInt(0, 0);
            ErrnoException.require("cfsetspeed", LibC.cfsetspeed(termios, B38400));
            ErrnoException.require("tcsetattr", LibC.tcsetattr(fd, TCSANOW, termios));
            ErrnoException.require("tcflush", LibC.tcflush(fd, TCIFLUSH));
        } finally {
            terminal.release();
        }
    }
}
