package io.lodger.ctl.agent;

import java.time.Duration;

/** Where an agent is to be found. */
public interface Target {
    /** What people know it by: the path of a socket, the name of a domain. */
    String name();

    /**
     * Makes a way to it, without saying anything yet.
     *
     * @param wait how long that may take
     * @throws AgentUnavailableException if there is nobody at the other end
     */
    AgentChannel open(Duration wait) throws AgentUnavailableException;
}
