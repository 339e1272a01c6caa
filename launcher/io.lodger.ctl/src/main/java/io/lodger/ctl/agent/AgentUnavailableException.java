package io.lodger.ctl.agent;

import java.io.IOException;

/** There is no agent to talk to: no socket, no answer in time, or no protocol that can be understood. The message is a whole sentence. */
public final class AgentUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public AgentUnavailableException(String sentence) {
        super(sentence);
    }
}
