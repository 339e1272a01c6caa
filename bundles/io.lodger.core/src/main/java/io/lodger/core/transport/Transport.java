package io.lodger.core.transport;

import java.io.Closeable;
import java.io.IOException;

/** A way for hosts to reach the agent. Open from the moment it is made. */
public interface Transport extends Closeable {

    /**
     * Waits for a host. The thread sleeps until one is there.
     *
     * @throws IOException when the transport is broken and must be opened anew, or was closed
     */
    Connection accept() throws IOException;
}
