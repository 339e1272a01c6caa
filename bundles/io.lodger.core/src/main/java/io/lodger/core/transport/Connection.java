package io.lodger.core.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A host at the other end of a channel, from the moment it is there until it hangs up. One thread reads, several write in turn, and
 * one at a time waits to write.
 */
public interface Connection extends Closeable {

    /**
     * Waits for bytes and reads them. The thread sleeps while there are none.
     *
     * @param into a direct buffer
     * @return how many bytes were read, or -1 when the host has ended its side or the connection is closed
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes as many bytes as the host takes right now; never waits.
     *
     * @param from a direct buffer
     * @return how many bytes were written; 0 when the host takes none now
     * @throws IOException when the host is gone
     */
    int write(ByteBuffer from) throws IOException;

    /**
     * Waits until the host takes bytes again, or the connection is closed or broken.
     *
     * @return false when the time was over first
     */
    boolean awaitWritable(Duration timeout) throws IOException;
}
