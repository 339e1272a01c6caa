package io.lodger.save.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** An image as an engine writes it: a sequence of bytes, of which long runs of zeros need not be written. */
@ProviderType
public interface ImageOutput {

    /**
     * Writes all of the buffer's remaining bytes.
     *
     * @param bytes a buffer, best a direct one of some megabytes; free again when this returns
     * @throws IOException when they can't be written, such as on a full disk, or the host no longer takes them
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Goes on after this many bytes of zeros, which take no room in the image. */
    void skip(long zeros) throws IOException;

    /** How many bytes were written or skipped. */
    long position();
}
