package io.lodger.core.json;

/** The host sent arguments that a command can't take. The message is the error's description on the wire. */
public final class ArgumentException extends Exception {

    private static final long serialVersionUID = 1L;

    ArgumentException(String message) {
        super(message);
    }
}
