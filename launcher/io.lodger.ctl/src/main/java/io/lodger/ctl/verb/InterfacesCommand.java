package io.lodger.ctl.verb;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.agent.Member;
import io.lodger.ctl.text.Quantity;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.text.Table;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;

/** {@code interfaces}: a table of {@code guest-network-get-interfaces}. */
@Command(name = "interfaces", description = "Lists the guest's network interfaces with their addresses and counters.")
public final class InterfacesCommand implements Verb {
    @Override
    public int run(Agent agent, Screen screen) throws AgentErrorException, AgentUnavailableException {
        var interfaces = agent.ask("guest-network-get-interfaces");
        if (screen.isJson()) {
            screen.json(interfaces);
            return 0;
        }
        var table = new Table("NAME", "HARDWARE ADDRESS", "ADDRESSES",
            ">RX", ">PACKETS", ">ERRORS", ">TX", ">PACKETS", ">ERRORS");
        for (var one : Member.objects(interfaces)) {
            add(table, one);
        }
        screen.table(table);
        return 0;
    }

    private static void add(Table table, JsonObject one) {
        var addresses = Member.objects(one.get("ip-addresses")).stream().map(InterfacesCommand::address).toList();
        var statistics = Member.object(one, "statistics").orElse(new JsonObject());
        table.row(
            Member.text(one, "name").orElse("?"),
            Member.text(one, "hardware-address").orElse("-"),
            addresses.isEmpty() ? "-" : addresses.get(0),
            number(statistics, "rx-bytes", Quantity::bytes),
            number(statistics, "rx-packets", Quantity::count),
            number(statistics, "rx-errs", Quantity::count),
            number(statistics, "tx-bytes", Quantity::bytes),
            number(statistics, "tx-packets", Quantity::count),
            number(statistics, "tx-errs", Quantity::count));
        for (var further : addresses.isEmpty() ? List.<String>of() : addresses.subList(1, addresses.size())) {
            table.row("", "", further, "", "", "", "", "", "");
        }
    }

    private static String address(JsonObject address) {
        return Member.text(address, "ip-address").orElse("?") + Member.number(address, "prefix").map(prefix -> "/" + prefix).orElse("");
    }

    private static String number(JsonObject statistics, String name, UnaryOperator<String> unit) {
        return Member.number(statistics, name).map(unit).orElse("-");
    }
}
