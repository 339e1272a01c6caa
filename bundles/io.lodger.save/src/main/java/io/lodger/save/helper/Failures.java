package io.lodger.save.helper;

import io.lodger.posix.ErrnoException;
import io.lodger.save.protocol.AgentCalls;
import io.lodger.save.protocol.Completion;
import io.lodger.save.protocol.LogLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** What is told of a failure. */
final class Failures {

    private Failures() {
    }

    /** The completion for a failure; one that nobody has meant for an operator is logged with its stack. */
    static Completion completion(Throwable failure, AgentCalls agent) {
        boolean meant = failure instanceof IOException && failure.getMessage() != null;
        if (!meant) {
            var stack = new StringWriter();
            failure.printStackTrace(new PrintWriter(stack, true));
            agent.log(new LogLine(Level.WARNING, "save helper", stack.toString()));
        }
        return Completion.failed(failure.getMessage() == null ? failure.getClass().getName() : sentence(failure), errno(failure));
    }

    private static String sentence(Throwable failure) {
        return failure instanceof Error || failure instanceof NullPointerException ? failure.toString() : failure.getMessage();
    }

    private static Optional<Integer> errno(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ErrnoException error) {
                return Optional.of(error.errno());
            }
        }
        return Optional.empty();
    }
}
