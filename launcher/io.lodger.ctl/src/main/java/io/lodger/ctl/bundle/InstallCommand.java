package io.lodger.ctl.bundle;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Progress;
import io.lodger.ctl.verb.UsageException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bundle install FILE}. */
@Command(name = "install", description = "Adds a bundle that the guest does not have yet.")
public final class InstallCommand implements Change {
    @Mixin
    private Source source;

    @Override
    public List<BundleChange> change(Agent agent, Progress progress)
            throws AgentErrorException, AgentUnavailableException, UsageException {
        return source.change(agent, progress, "lodger-bundle-install");
    }
}
