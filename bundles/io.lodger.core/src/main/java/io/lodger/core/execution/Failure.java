package io.lodger.core.execution;

import io.lodger.command.CommandException;
import io.lodger.core.json.ArgumentException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/**
 * Why a bundle's work failed, in words for the host.
 *
 * @param errorClass the value of the error's {@code class} member
 * @param description a sentence for an operator
 */
public record Failure(String errorClass, String description) {

    /** A failure of the class that nearly all failures have. */
    public static Failure generic(String description) {
        return new Failure(CommandException.GENERIC_ERROR, description);
    }

    /**
     * Explains what work threw. What nobody could expect is logged with its stack.
     *
     * @param what the work, as the log names it
     * @param cancelled why it was cancelled, if it was
     */
    public static Failure of(Throwable e, String what, Optional<String> cancelled) {
        try {
            return explained(e, what, cancelled);
        } catch (Throwable second) {
            // An exception is the bundle's code like any other, and may fail when it is asked for its message.
            return generic(unexplained(e));
        }
    }

    private static Failure explained(Throwable e, String what, Optional<String> cancelled) {
        if (e instanceof ArgumentException) {
            return generic(e.getMessage());
        }
        if (e instanceof CommandException known) {
            return new Failure(known.errorClass(), text(known));
        }
        if (cancelled.isPresent()) {
            log().log(System.Logger.Level.WARNING, "{0}: {1}", what, cancelled.get());
            return generic(cancelled.get());
        }
        log().log(System.Logger.Level.ERROR, () -> what + " failed", e);
        return generic(text(e));
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(Failure.class.getName());
    }

    private static String text(Throwable e) {
        var message = e.getMessage();
        if (message == null || message.isBlank()) {
            return unexplained(e);
        }
        boolean nameTells = e instanceof Error || e instanceof FileSystemException f && f.getReason() == null;
        return nameTells ? e.getClass().getSimpleName() + ": " + message : message;
    }

    private static String unexplained(Throwable e) {
        return e.getClass().getName() + " without a message";
    }
}
