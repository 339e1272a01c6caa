package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Brings what {@code ip} and the agent say of interfaces into one form. */
final class InterfaceSummary {

    private InterfaceSummary() {
    }

    /**
     * What ip says, by name: addresses with their prefixes, and counters. Address labels make interfaces of their own on this wire; their
     * lines are ip's with the label's name.
     */
    static Map<String, Object> fromIp(NetworkNamespace namespace) throws Exception {
        var result = new TreeMap<String, Object>();
        for (var element : JsonParser.parseString(namespace.output("ip", "-json", "-stats", "address")).getAsJsonArray()) {
            var link = element.getAsJsonObject();
            var name = link.get("ifname").getAsString();
            for (var address : link.getAsJsonArray("addr_info")) {
                var info = address.getAsJsonObject();
                var label = info.has("label") ? info.get("label").getAsString() : name;
                addresses(result, label).add(info.get("local").getAsString() + "/" + info.get("prefixlen").getAsInt());
            }
            var stats = link.getAsJsonObject(link.has("stats64") ? "stats64" : "stats");
            result.computeIfPresent(name, (key, addresses) -> List.of(addresses, counters(
                    counts(stats.getAsJsonObject("rx"), "bytes", "packets", "errors", "dropped"),
                    counts(stats.getAsJsonObject("tx"), "bytes", "packets", "errors", "dropped"))));
        }
        return result;
    }

    /** The same of the agent's reply. */
    static Map<String, Object> fromAgent(String reply) throws IOException {
        var result = new TreeMap<String, Object>();
        var labelled = new ArrayList<String>();
        for (var element : JsonParser.parseString(reply).getAsJsonObject().getAsJsonArray("return")) {
            var link = element.getAsJsonObject();
            var name = link.get("name").getAsString();
            if (!link.has("ip-addresses")) {
                continue;
            }
            for (var address : link.getAsJsonArray("ip-addresses")) {
                var info = address.getAsJsonObject();
                addresses(result, name).add(info.get("ip-address").getAsString() + "/" + info.get("prefix").getAsInt());
            }
            if (name.contains(":")) {
                labelled.add(name);
                continue;
            }
            var stats = link.getAsJsonObject("statistics");
            result.computeIfPresent(name, (key, addresses) -> List.of(addresses, counters(
                    counts(stats, "rx-bytes", "rx-packets", "rx-errs", "rx-dropped"),
                    counts(stats, "tx-bytes", "tx-packets", "tx-errs", "tx-dropped"))));
        }
        assertFalse(labelled.isEmpty(), "the label is told");
        return result;
    }

    @SuppressWarnings("unchecked")
    private static List<String> addresses(Map<String, Object> result, String name) {
        return (List<String>) result.computeIfAbsent(name, key -> new ArrayList<String>());
    }

    private static List<Long> counts(JsonObject stats, String... names) {
        return List.of(names).stream().map(name -> stats.get(name).getAsLong()).toList();
    }

    private static Map<String, List<Long>> counters(List<Long> rx, List<Long> tx) {
        return Map.of("rx", rx, "tx", tx);
    }
}
