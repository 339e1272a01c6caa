package io.lodger.core.dispatch;

import io.lodger.command.CommandException;
import io.lodger.core.execution.Failure;
import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
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
        var failure = Failure.of(e, "command " + request.command(), call.cancelled());
        return Reply.error(failure.errorClass(), failure.description(), request.id());
    }
}
