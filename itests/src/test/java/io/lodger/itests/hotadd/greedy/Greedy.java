package io.lodger.itests.hotadd.greedy;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Wants more memory than there is. */
@Component
@GuestCommand(name = "test-greedy")
@Doc("Can't be made.")
public class Greedy implements Command<NoArguments, String> {

    private final List<byte[]> hoard = new ArrayList<>();

    @Activate
    public Greedy() {
        while (true) {
            hoard.add(new byte[16 << 20]);
        }
    }

    @Override
    public String execute(NoArguments none, CommandContext context) {
        return String.valueOf(hoard.size());
    }
}
