package io.lodger.save.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where an image is written to. */
interface Sink {

    /** Writes all that remains. */
    void write(ByteBuffer bytes) throws IOException;

    /** Goes on after so many zeros. */
    void skip(long zeros) throws IOException;

    /** How much was written and skipped. */
    long position();
}
