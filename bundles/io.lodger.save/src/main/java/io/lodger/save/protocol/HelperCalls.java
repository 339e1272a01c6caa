package io.lodger.save.protocol;

/** What the agent calls at the save helper. */
public interface HelperCalls {

    /** The work to do. Exactly once, and the first call. */
    @OneWay
    void start(Task task);
}
