package io.lodger.core.protocol;

import io.lodger.core.json.Json;
import java.util.Optional;

/** A message that is no request. The message is the error's description on the wire. */
public final class EnvelopeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Json> id;

    EnvelopeException(String message, Optional<Json> id) {
        super(message);
        this.id = id;
    }

    /** The {@code id} of the message, where it had one. */
    public Optional<Json> id() {
        return id;
    }
}
