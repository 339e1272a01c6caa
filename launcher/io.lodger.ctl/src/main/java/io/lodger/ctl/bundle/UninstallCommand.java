package io.lodger.ctl.bundle;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Progress;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bundle uninstall NAME}. */
@Command(name = "uninstall", description = "Takes an added bundle away. One of the image that it had replaced serves again.")
public final class UninstallCommand implements Change {
    @Mixin
    private BundleName name;

    @Override
    public List<BundleChange> change(Agent agent, Progress progress) throws AgentErrorException, AgentUnavailableException {
        var before = Optional.ofNullable(BundleFacts.of(agent).get(name.toString())).flatMap(BundleFacts::version);
        agent.call("lodger-bundle-uninstall", name.arguments(), true);
        var after = Optional.ofNullable(BundleFacts.of(agent).get(name.toString()));
        return List.of(new BundleChange(name.toString(), before, after.flatMap(BundleFacts::version),
            after.map(BundleFacts::commands).orElse(List.of())));
    }
}
