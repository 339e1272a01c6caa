package ${package};

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "${prefix}-greet")
@Doc("Greets somebody.")
public class Greet implements Command<Greet.Whom, String> {

    public record Whom(@Doc("Who is greeted.") String name) {
    }

    @Override
    public String execute(Whom whom, CommandContext context) {
        return "Hello, " + whom.name();
    }
}
