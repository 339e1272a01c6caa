package io.lodger.ctl.bundle;

import com.google.gson.JsonArray;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Progress;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.text.Table;
import io.lodger.ctl.verb.UsageException;
import io.lodger.ctl.verb.Verb;
import java.util.List;

/** A verb that changes which bundles an agent has. */
public interface Change extends Verb {
    /**
     * Makes the change.
     *
     * @return what became of each bundle concerned
     */
    List<BundleChange> change(Agent agent, Progress progress) throws AgentErrorException, AgentUnavailableException, UsageException;

    @Override
    default int run(Agent agent, Screen screen) throws AgentErrorException, AgentUnavailableException, UsageException {
        var changes = change(agent, screen.progress());
        if (screen.isJson()) {
            var array = new JsonArray();
            changes.forEach(change -> array.add(change.json()));
            screen.json(array);
            return 0;
        }
        var table = new Table("BUNDLE", "BEFORE", "AFTER", "COMMANDS");
        for (var change : changes) {
            table.row(change.symbolicName(), change.from(), change.to(), String.join(", ", change.commands()));
        }
        screen.table(table);
        return 0;
    }
}
