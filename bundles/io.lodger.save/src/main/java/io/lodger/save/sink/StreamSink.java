package io.lodger.save.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A stream, which carries zeros as well. */
public final class StreamSink implements Sink {

    private static final int WINDOW = 64 << 10;

    private final WritableByteChannel stream;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(WINDOW);
    private long position;

    /** Writes to this stream, which stays open. */
    public StreamSink(WritableByteChannel stream) {
        this.stream = stream;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            position += stream.write(bytes);
        }
    }

    @Override
    public void skip(long count) throws IOException {
        for (long left = count; left > 0; left -= zeros.limit()) {
            zeros.clear().limit((int) Math.min(WINDOW, left));
            write(zeros);
        }
    }

    @Override
    public long position() {
        return position;
    }
}
