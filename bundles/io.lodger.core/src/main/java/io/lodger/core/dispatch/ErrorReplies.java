package io.lodger.core.dispatch;

import io.lodger.command.CommandException;
import io.lodger.core.json.ArgumentException;
import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
import java.nio.file.FileSystemException;
import java.util.List;

/** Puts into words for the host why a request failed. */
final class ErrorReplies {

    private ErrorReplies() {
    }

    /** The reply to a request for a command that isn't there. */
    static CommandException notFound(Request request) {
        return new CommandException(CommandException.COMMAND_NOT_FOUND, "The command " + request.command() + " has not been found");
    }

    /** The reply to a request for a command that may not run, in the words of QEMU's agent from version 9.1 on. */
    static CommandException disabled(Request request) {
        return new CommandException(CommandException.COMMAND_NOT_FOUND,
                "Command " + request.command() + " has been disabled: the command is not allowed");
    }

    /** The reply to a request for which there is no worker, because these commands have taken them all. */
    static Reply noWorker(Request request, int workers, List<String> running) {
        return Reply.error("All " + workers + " workers of the agent are taken by commands that still run ("
                + String.join(", ", running) + "); try again when one has ended", request.id());
    }

    /** The reply to a request whose command, or the way to it, threw this. Unexpected failures are logged with their stack. */
    static Reply failure(Request request, Call call, Throwable e) {
        try {
            return explained(request, call, e);
        } catch (Throwable second) {
            // An exception is the bundle's code like any other, and may fail when it is asked for its message.
            return Reply.error(unexplained(e), request.id());
        }
    }

    private static Reply explained(Request request, Call call, Throwable e) {
        if (e instanceof ArgumentException) {
            return Reply.error(e.getMessage(), request.id());
        }
        if (e instanceof CommandException known) {
            return Reply.error(known.errorClass(), text(known), request.id());
        }
        var cancelled = call.cancelled();
        if (cancelled.isPresent()) {
            return Reply.error(cancelled.get(), request.id());
        }
        log().log(System.Logger.Level.ERROR, () -> "command " + request.command() + " failed", e);
        return Reply.error(text(e), request.id());
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

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(ErrorReplies.class.getName());
    }
}
