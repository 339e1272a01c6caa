package io.lodger.ctl.bundle;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Progress;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bundle stop NAME}. */
@Command(name = "stop", description = "Stops a bundle; its commands are gone until it is started.")
public final class StopCommand implements Change {
    @Parameters(index = "0", paramLabel = "NAME", description = "The bundle's symbolic name, such as com.example.hello.")
    private String name;

    @Override
    public List<BundleChange> change(Agent agent, Progress progress) throws AgentErrorException, AgentUnavailableException {
        var before = BundleFacts.of(agent);
        var arguments = new JsonObject();
        arguments.addProperty(BundleFacts.SYMBOLIC_NAME, name);
        return BundleFacts.in(agent.call("lodger-bundle-stop", arguments, true)).stream().map(bundle -> bundle.since(before)).toList();
    }
}
