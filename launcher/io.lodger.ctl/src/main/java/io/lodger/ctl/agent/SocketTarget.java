package io.lodger.ctl.agent;

import java.nio.file.Path;
import java.time.Duration;

/**
 * An agent behind a unix socket of this host.
 *
 * @param path the socket
 */
public record SocketTarget(Path path) implements Target {
    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public AgentChannel open(Duration wait) throws AgentUnavailableException {
        return AgentConnection.open(path, wait);
    }
}
