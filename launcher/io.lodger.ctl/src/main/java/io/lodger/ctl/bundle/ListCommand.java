package io.lodger.ctl.bundle;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.agent.Member;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.text.Table;
import io.lodger.ctl.verb.Verb;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code bundle list}. */
@Command(name = "list",
    description = "Lists the bundles: version, state, origin, who signed them, when and through which channel they came.")
public final class ListCommand implements Verb {
    @Override
    public int run(Agent agent, Screen screen) throws AgentErrorException, AgentUnavailableException {
        var list = agent.ask("lodger-bundle-list");
        if (screen.isJson()) {
            screen.json(list);
            return 0;
        }
        var object = list instanceof JsonObject said ? said : new JsonObject();
        var table = new Table("BUNDLE", "VERSION", "STATE", "ORIGIN", "SIGNER", "ADDED", "BY", "PREVIOUS", "COMMANDS");
        for (var bundle : BundleFacts.in(object.get("bundles"))) {
            table.row(bundle.symbolicName(), bundle.text("version"), bundle.text("state"), bundle.text("origin"), bundle.text("signer"),
                bundle.text("added-at"), bundle.text("added-by"), bundle.text("previous"), String.join(", ", bundle.commands()));
        }
        screen.table(table);
        if (Member.flag(object, "require-signature").equals(Optional.of(false))) {
            screen.line("Unsigned bundles are accepted: require-signature is off.");
        }
        if (Member.flag(object, "safe-mode").equals(Optional.of(true))) {
            screen.line("Safe mode: the added bundles are not started, because the agent failed three times with them.");
        }
        return 0;
    }
}
