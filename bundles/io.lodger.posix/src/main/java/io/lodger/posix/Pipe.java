package io.lodger.posix;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/** A pipe, pipe(7), whose reading end never blocks. A pipe of the JDK's own to a program can't be read without the risk of waiting. */
public final class Pipe implements AutoCloseable {

    private static final int ENDS = 2;

    private final Descriptor readingEnd;
    private final Descriptor writingEnd;

    private Pipe(Descriptor readingEnd, Descriptor writingEnd) {
        this.readingEnd = readingEnd;
        this.writingEnd = writingEnd;
    }

    /** Makes a pipe, pipe2(2). */
    public static Pipe open() throws ErrnoException, ClosedChannelException {
        var ends = LibC.struct(ENDS * Integer.BYTES);
        ErrnoException.require("pipe2", LibC.pipe2(ends, Descriptor.O_CLOEXEC));
        var pipe = new Pipe(new Descriptor(ends.getInt(0)), new Descriptor(ends.getInt(Integer.BYTES)));
        pipe.readingEnd.nonBlocking(true);
        return pipe;
    }

    /** A name by which this process can open the writing end once more until it is closed, such as for a program's output. */
    public Path writingEnd() {
        return Path.of("/proc/self/fd/" + writingEnd.number());
    }

    /** Closes the writing end: when all others who have it have closed it as well, the reader sees the end. */
    public void closeWritingEnd() {
        writingEnd.close();
    }

    /**
     * Reads what is there.
     *
     * @param direct a direct buffer
     * @return the bytes read; 0 when there are none now; -1 when nobody can write any more
     */
    public int read(ByteBuffer direct) throws ErrnoException, ClosedChannelException {
        return readingEnd.read(direct);
    }

    @Override
    public void close() {
        readingEnd.close();
        writingEnd.close();
    }
}
