package io.lodger.ctl.bundle;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Progress;
import io.lodger.ctl.verb.UsageException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bundle update FILE}. */
@Command(name = "update", description = "Replaces an added bundle by a higher version, while its commands run.")
public final class UpdateCommand implements Change {
    @Mixin
    private Source source;

    @Override
    public List<BundleChange> change(Agent agent, Progress progress)
            throws AgentErrorException, AgentUnavailableException, UsageException {
        return source.change(agent, progress, "lodger-bundle-update");
    }
}
