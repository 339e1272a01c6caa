package io.lodger.ctl.verb;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Printable;
import io.lodger.ctl.text.Screen;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;

/**
 * A failure as its reader meets it.
 *
 * @param exitCode what the tool ends with
 * @param errorClass the agent's error class, if it was the agent that refused
 * @param sentence what is wrong
 */
public record Failure(int exitCode, Optional<String> errorClass, String sentence) {
    public static final int AGENT_ERROR = 1;
    public static final int USAGE = 2;
    public static final int NO_AGENT = 3;
    /** Of several guests, at least one failed or was skipped. */
    public static final int NOT_ALL = 4;
    /** As shells number an end by SIGINT. */
    public static final int CANCELLED = 130;

    /**
     * Reads an exception.
     *
     * @return empty for one that nobody planned for
     */
    public static Optional<Failure> of(Exception exception) {
        var sentence = exception.getMessage();
        if (exception instanceof AgentErrorException error) {
            return Optional.of(new Failure(AGENT_ERROR, Optional.of(error.errorClass()), sentence));
        }
        if (exception instanceof RefusedException) {
            return Optional.of(new Failure(AGENT_ERROR, Optional.empty(), sentence));
        }
        if (exception instanceof UsageException || exception instanceof CommandLine.ParameterException) {
            return Optional.of(new Failure(USAGE, Optional.empty(), sentence));
        }
        if (exception instanceof AgentUnavailableException) {
            return Optional.of(new Failure(NO_AGENT, Optional.empty(), sentence));
        }
        if (exception instanceof CancellationException) {
            return Optional.of(new Failure(CANCELLED, Optional.empty(), "no longer waiting; the guest may still be busy with it"));
        }
        return Optional.empty();
    }

    /** Says it on standard error: as a sentence, or as an object shaped like the agent's own errors for programs. */
    public void show(PrintWriter err, boolean json) {
        if (json) {
            var reply = new JsonObject();
            reply.add("error", json());
            new Screen(err, true).json(reply);
        } else {
            err.println("lodgerctl: " + Printable.text(text()));
            err.flush();
        }
    }

    /** Shaped like the error object of the agent's replies. */
    public JsonObject json() {
        var error = new JsonObject();
        errorClass.ifPresent(name -> error.addProperty("class", name));
        error.addProperty("desc", sentence);
        return error;
    }

    /** The sentence, behind the error class if there is one. */
    public String text() {
        return errorClass.map(name -> name + ": ").orElse("") + sentence;
    }
}
