package io.lodger.ctl.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Closeable;
import java.time.Duration;

/** A way to an agent: requests out, and to each its reply. One thread uses it at a time; {@link #cancel} may be called from any. */
public interface AgentChannel extends Closeable {
    /**
     * Calls a command.
     *
     * @param arguments its arguments, or null to send none
     * @param wait how long to wait for the reply once the agent answered a synchronisation; zero is for ever
     * @param respondsOnSuccess false for a command that answers only when it fails: silence, or the end of the connection, is success then
     * @return what the reply has under {@code return}
     * @throws AgentErrorException if the agent answers with an error
     * @throws AgentUnavailableException if no answer comes, or none that can be understood
     * @throws java.util.concurrent.CancellationException if {@link #cancel} was called meanwhile
     */
    JsonElement call(String command, JsonObject arguments, Duration wait, boolean respondsOnSuccess)
        throws AgentErrorException, AgentUnavailableException;

    /** How many bytes a request may have. */
    int longestRequest();

    /** Makes the waiting call give up. */
    void cancel();

    /** Whether it may be used for another call. */
    boolean isOpen();
}
