package io.lodger.ctl.verb;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Screen;

/** Something that can be done with an agent, from the command line and from the shell alike. Options and operands are picocli's fields. */
@FunctionalInterface
public interface Verb {
    /**
     * Does it, and shows what came of it.
     *
     * @return the exit code; 0 unless the verb stands for other verbs
     */
    int run(Agent agent, Screen screen) throws AgentErrorException, AgentUnavailableException, UsageException;
}
