package io.lodger.network;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "guest-network-get-route")
@Doc("Lists the guest's routes: those of the main table for IPv4, then those of all tables for IPv6.")
public class GetRoute implements Command<NoArguments, List<Route>> {

    @Override
    public List<Route> execute(NoArguments none, CommandContext context) throws IOException {
        var links = LinkDump.take();
        var routes = new ArrayList<Route>();
        RouteDump.take(RouteDump.AF_INET).forEach(entry -> Ipv4Route.of(entry, links).ifPresent(routes::add));
        RouteDump.take(RouteDump.AF_INET6).forEach(entry -> routes.addAll(Ipv6Route.of(entry, links)));
        return routes;
    }
}
