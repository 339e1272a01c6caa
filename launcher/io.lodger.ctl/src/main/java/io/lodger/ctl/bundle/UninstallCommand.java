package io.lodger.ctl.bundle;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Progress;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bundle uninstall NAME}. */
@Command(name = "uninstall", description = "Takes an added bundle away. One of the image that it had replaced serves again.")
public final class UninstallCommand implements Change {
    @Parameters(index = "0", paramLabel = "NAME", description = "The bundle's symbolic name, such as com.example.hello.")
    private String name;

    @Override
    public List<BundleChange> change(Agent agent, Progress progress) throws AgentErrorException, AgentUnavailableException {
        var before = Optional.ofNullable(BundleFacts.of(agent).get(name)).flatMap(BundleFacts::version);
        var arguments = new JsonObject();
        arguments.addProperty(BundleFacts.SYMBOLIC_NAME, name);
        agent.call("lodger-bundle-uninstall", arguments, true);
        var after = Optional.ofNullable(BundleFacts.of(agent).get(name));
        return List.of(new BundleChange(name, before, after.flatMap(BundleFacts::version),
            after.map(BundleFacts::commands).orElse(List.of())));
    }
}
