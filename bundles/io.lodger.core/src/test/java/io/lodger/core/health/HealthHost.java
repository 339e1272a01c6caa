package io.lodger.core.health;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Host;
import java.io.IOException;
import java.nio.file.Path;

/** A host that asks an agent with two workers how it is. */
final class HealthHost implements AutoCloseable {

    final AgentUnderTest agent;
    final Host host;

    HealthHost(Path folder) throws IOException {
        agent = AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT).drainPatience(AgentUnderTest.SHORT).workers(2).start();
        host = agent.connect();
    }

    /** The reply of lodger-health. */
    String health() throws IOException {
        return host.call("lodger-health");
    }

    /** Waits until the reply of lodger-health has this in it. */
    void await(String part) {
        Condition.await(() -> asked().contains(part));
    }

    private String asked() {
        try {
            return health();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        host.close();
        agent.close();
    }
}
