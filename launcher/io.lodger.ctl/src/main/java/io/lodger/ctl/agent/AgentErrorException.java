package io.lodger.ctl.agent;

/** The agent's own answer that it could not do what was asked; the message is the agent's {@code desc}. */
public final class AgentErrorException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String NOT_FOUND = "CommandNotFound";

    private final String errorClass;

    /**
     * An error reply.
     *
     * @param errorClass the reply's {@code class}: {@code GenericError} or {@code CommandNotFound}
     * @param description the reply's {@code desc}
     */
    public AgentErrorException(String errorClass, String description) {
        super(description);
        this.errorClass = errorClass;
    }

    public String errorClass() {
        return errorClass;
    }

    /** Whether the command asked for is unknown, blocked, or not allowed while filesystems are frozen: the wire does not tell which. */
    public boolean isCommandNotFound() {
        return errorClass.equals(NOT_FOUND);
    }
}
