package io.lodger.network;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "guest-network-get-interfaces")
@Doc("Lists the guest's network interfaces with their addresses and counters.")
public class GetInterfaces implements Command<NoArguments, List<Interface>> {

    @Override
    public List<Interface> execute(NoArguments none, CommandContext context) throws IOException {
        return new InterfaceList(LinkDump.take(), AddressDump.take()).interfaces();
    }
}
