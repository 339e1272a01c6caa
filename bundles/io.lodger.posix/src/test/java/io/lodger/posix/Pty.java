package io.lodger.posix;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A pseudoterminal, pty(7): what is written to the master is what arrives on the line. */
record Pty(Descriptor master, Descriptor slave) implements AutoCloseable {

    private static final long TIOCSPTLCK = 0x40045431L;
    private static final long TIOCGPTN = 0x80045430L;

    static Pty open() throws IOException {
        int flags = Descriptor.O_RDWR | Descriptor.O_NOCTTY | Descriptor.O_NONBLOCK;
        var master = Descriptor.open("/dev/ptmx", flags);
        ErrnoException.require("TIOCSPTLCK", TestLibC.ioctl(master.number(), TIOCSPTLCK, LibC.struct(Integer.BYTES)));
        var number = LibC.struct(Integer.BYTES);
        ErrnoException.require("TIOCGPTN", TestLibC.ioctl(master.number(), TIOCGPTN, number));
        return new Pty(master, Descriptor.open("/dev/pts/" + number.getInt(0), flags));
    }

    @Override
    public void close() {
        slave.close();
        master.close();
    }
}
