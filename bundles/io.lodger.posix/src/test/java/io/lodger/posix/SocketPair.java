package io.lodger.posix;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Two connected sockets that don't block, socketpair(2). */
record SocketPair(Descriptor left, Descriptor right) implements AutoCloseable {

    private static final int SOCK_STREAM_NONBLOCK = 1 | 04000;

    static SocketPair open() throws IOException {
        var pair = LibC.struct(2 * Integer.BYTES);
        ErrnoException.require("socketpair", TestLibC.socketpair(Sockets.AF_UNIX, SOCK_STREAM_NONBLOCK, 0, pair));
        return new SocketPair(Descriptor.inherited(pair.getInt(0)), Descriptor.inherited(pair.getInt(4)));
    }

    static ByteBuffer bytes(String text) {
        return LibC.struct(text.length()).put(0, text.getBytes(US_ASCII));
    }

    static String text(ByteBuffer filled) {
        var text = new byte[filled.flip().remaining()];
        filled.get(text);
        return new String(text, US_ASCII);
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
