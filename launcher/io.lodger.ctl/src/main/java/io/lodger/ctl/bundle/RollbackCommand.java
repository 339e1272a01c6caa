package io.lodger.ctl.bundle;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Progress;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bundle rollback NAME}. */
@Command(name = "rollback", description = "Takes a bundle back to the version before the last change.")
public final class RollbackCommand implements Change {
    @Mixin
    private BundleName name;

    @Override
    public List<BundleChange> change(Agent agent, Progress progress) throws AgentErrorException, AgentUnavailableException {
        return name.change(agent, "lodger-bundle-rollback");
    }
}
