package io.lodger.save;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import io.lodger.save.engine.RestoreEngine;
import io.lodger.save.operation.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "lodger-save-engines")
@Doc("Lists the engines that lodger-save can use, the best first, and what speaks against each. Changes nothing.")
public class SaveEngines implements Command<NoArguments, List<SaveEngines.Engine>> {

    private final Engines engines;

    /** An engine. */
    public record Engine(
            @Doc("Its name.") String name,
            @Doc("Whether it can restore what it has saved.") boolean restores,
            @Doc("Why it can't work on this machine; missing when nothing speaks against it.") Optional<String> obstacle) {
    }

    @Activate
    public SaveEngines(@Reference Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Engine> execute(NoArguments none, CommandContext context) throws InterruptedException {
        var list = new ArrayList<Engine>();
        for (var engine : engines.all()) {
            list.add(new Engine(engine.name(), engine instanceof RestoreEngine, Engines.obstacle(engine)));
        }
        return list;
    }
}
