package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network commands of the built agent in a network namespace, beside {@code ip} and the real qemu-ga there. */
class NetworkTest {

    private static final String GET_INTERFACES = "{'execute': 'guest-network-get-interfaces'}";

    /** Interfaces of many kinds: with several addresses, with none, with a peer, with a label, down, and without hardware address. */
    private static final String MANY_KINDS = """
            link set lo up
            link add v0 type veth peer name v1
            link set v0 up
            link set v1 up
            address add 192.0.2.1/24 dev v0
            address add 192.0.2.2/24 dev v0
            address add 198.51.100.1/24 dev v0 label v0:1
            address add 2001:db8::1/64 dev v0 nodad
            address add 203.0.113.1 peer 203.0.113.2/32 dev v1
            link add br0 type bridge
            link add nothing type veth peer name nowhere
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsNamespaces() throws Exception {
        assumeTrue(NetworkNamespace.isPossible(), "no right to make network namespaces here, or no iproute2");
    }

    @Test
    void namesAddressesPrefixesAndCountersAreThoseOfIp() throws Exception {
        try (var namespace = new NetworkNamespace()) {
            namespace.batch(MANY_KINDS);
            namespace.addPairs(500);
            try (var agent = AgentProcess.lodgerBy(namespace.starter(), folder); var host = agent.connectWhenReady()) {
                // Address labels make interfaces of their own on this wire; their lines are ip's with the label's name.
                var expected = fromIp(JsonParser.parseString(namespace.output("ip", "-json", "-stats", "address")).getAsJsonArray());
                assertEquals(expected, fromAgent(host.ask(GET_INTERFACES)));
            }
        }
    }

    @Test
    void theWholeAnswerIsQemuGas() throws Exception {
        assumeTrue(AgentProcess.qemuGaPath().isPresent(), "qemu-ga is not installed (Debian package qemu-guest-agent)");
        try (var namespace = new NetworkNamespace()) {
            namespace.batch(MANY_KINDS);
            namespace.addPairs(20);
            try (var lodger = AgentProcess.lodgerBy(namespace.starter(), folder.resolve("lodger"));
                    var qemu = AgentProcess.qemuGa(namespace.starter(), folder.resolve("qemu"));
                    var lodgerHost = lodger.connectWhenReady();
                    var qemuHost = qemu.connect()) {
                assertEquals(JsonParser.parseString(qemuHost.ask(GET_INTERFACES)), JsonParser.parseString(lodgerHost.ask(GET_INTERFACES)));
            }
        }
    }

    @Test
    void routesAreToldAlsoWhereIpv6IsSwitchedOff() throws Exception {
        try (var namespace = new NetworkNamespace()) {
            namespace.batch(MANY_KINDS);
            namespace.batch("route add default via 192.0.2.254 metric 4294967295\n");
            namespace.output("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6");
            try (var agent = AgentProcess.lodgerBy(namespace.starter(), folder); var host = agent.connectWhenReady()) {
                var routes = JsonParser.parseString(host.ask("{'execute': 'guest-network-get-route'}")).getAsJsonObject()
                        .getAsJsonArray("return");
                var theDefault = StreamSupport.stream(routes.spliterator(), false).map(JsonElement::getAsJsonObject)
                        .filter(route -> route.get("destination").getAsString().equals("0.0.0.0")).findFirst().orElseThrow();
                assertEquals("192.0.2.254", theDefault.get("gateway").getAsString());
                assertEquals(4294967295L, theDefault.get("metric").getAsLong());
            }
        }
    }

    private static Map<String, Object> fromIp(JsonArray interfaces) {
        var result = new TreeMap<String, Object>();
        for (var element : interfaces) {
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

    private static Map<String, Object> fromAgent(String reply) throws IOException {
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
