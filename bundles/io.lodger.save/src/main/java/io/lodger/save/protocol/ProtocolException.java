package io.lodger.save.protocol;

import java.io.IOException;

/** The other end doesn't speak this protocol, or not any more. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
