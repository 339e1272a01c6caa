package io.lodger.core.json;

/** A message is not JSON. The exception's message is the whole description the host gets. */
public final class JsonParseException extends Exception {

    private static final long serialVersionUID = 1L;

    JsonParseException(String reason) {
        // No stack trace: a host that floods the agent with nonsense must not cost more than one that makes sense.
        super("JSON parse error, " + reason, null, false, false);
    }
}
