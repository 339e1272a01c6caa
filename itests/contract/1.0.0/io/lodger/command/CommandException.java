package io.lodger.command;

/** A failure with an error class of its own. Any other exception is reported as {@code GenericError} with its message. */
public class CommandException extends Exception {

    /** The class that every failure has unless it needs another. */
    public static final String GENERIC_ERROR = "GenericError";

    /** The class that hosts read as "this agent has no such command"; libvirt then skips the question instead of failing. */
    public static final String COMMAND_NOT_FOUND = "CommandNotFound";

    private static final long serialVersionUID = 1L;

    private final String errorClass;

    /** A {@code GenericError} with a sentence that an operator can act on. */
    public CommandException(String message) {
        this(GENERIC_ERROR, message);
    }

    /**
     * A failure of the given class.
     *
     * @param errorClass the value of the error's {@code class} member, such as {@link #COMMAND_NOT_FOUND}
     * @param message a sentence that an operator can act on
     */
    public CommandException(String errorClass, String message) {
        super(message);
        this.errorClass = errorClass;
    }

    /** The value of the error's {@code class} member. */
    public String errorClass() {
        return errorClass;
    }
}
