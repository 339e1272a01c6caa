package io.lodger.ctl.bundle;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The operand of a verb that changes one bundle. */
final class BundleName {
    @Parameters(index = "0", paramLabel = "NAME", description = "The bundle's symbolic name, such as com.example.hello.")
    private String name;

    @Override
    public String toString() {
        return name;
    }

    /** The arguments for the agent. */
    JsonObject arguments() {
        var arguments = new JsonObject();
        arguments.addProperty(BundleFacts.SYMBOLIC_NAME, name);
        return arguments;
    }

    /** Has the agent carry out a command on the bundle, which replies what became of it. */
    List<BundleChange> change(Agent agent, String command) throws AgentErrorException, AgentUnavailableException {
        var before = BundleFacts.of(agent);
        return BundleFacts.in(agent.call(command, arguments(), true)).stream().map(bundle -> bundle.since(before)).toList();
    }
}
