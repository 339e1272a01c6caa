package io.lodger.save.sink;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where an image is written to. */
public interface Sink {

    /** Writes all that remains. */
    void write(ByteBuffer bytes) throws IOException;

    /** Goes on after so many bytes of zeros, from 0 on. */
    void skip(long zeros) throws IOException;

    /** How many bytes were written and skipped. */
    long position();
}
