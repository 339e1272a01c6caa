package io.lodger.save.protocol;

import java.io.IOException;
import java.util.Optional;

/** What the save helper calls at the agent. The declaration is the protocol: both ends' stubs are made of it. */
public interface AgentCalls {

    /** A line for the agent's log. */
    @OneWay
    void log(LogLine line);

    /** How far the work is. */
    @OneWay
    void progress(Progress progress);

    /** The helper has opened its end of the data stream. */
    @OneWay
    void connected();

    /** Has everybody who takes part make the thing quiet, and waits; those who did resume when one can't. */
    void suspend() throws IOException, InterruptedException;

    /** The moment is captured. */
    void postcopy() throws IOException, InterruptedException;

    /** The image is written. */
    void checkpoint() throws IOException, InterruptedException;

    /** Everybody goes on as before. */
    void resume() throws IOException, InterruptedException;

    /**
     * A file of the engine's bundle or of those that it imports from.
     *
     * @param name as for {@link ClassLoader#getResource}
     * @return its bytes; empty when there is none, or the helper has the same on its own class path
     */
    Optional<byte[]> resource(String name) throws IOException, InterruptedException;

    /** How the work came out. Exactly once, and the last call. */
    @OneWay
    void completed(Completion completion);
}
