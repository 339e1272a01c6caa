package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
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

    private static final String GET_ROUTE = "{'execute': 'guest-network-get-route'}";

    /** Routes of many kinds; addresses are given by hand, for those the kernel makes up come when they like. */
    private static final String MANY_ROUTES = """
            link add v0 type veth peer name v1
            link set v0 addrgenmode none
            link set v1 addrgenmode none
            link set lo up
            link set v0 up
            link set v1 up
            address add 192.0.2.1/24 dev v0
            address add 2001:db8::1/64 dev v0 nodad
            route add default via 192.0.2.254 metric 100 window 5000 rtt 100ms advmss 1460
            route add unreachable 10.1.0.0/16
            route add blackhole 10.2.0.0/16
            route add 10.3.0.0/16 nexthop via 192.0.2.2 nexthop via 192.0.2.3
            route add 10.4.4.4 dev v0 metric 4294967295
            route add default via 2001:db8::ff metric 7
            route add unreachable 2001:db8:1::/48
            route add 2001:db8:2::/48 nexthop via 2001:db8::2 nexthop via 2001:db8::3
            route add 2001:db8:3::/48 dev v0 metric 4294967295
            """;

    /** One interface that is down, so that its counters rest. */
    private static final String OF_THE_README = """
            link add eth0 address 02:00:00:00:00:01 type veth peer name far address 02:00:00:00:00:02
            link set eth0 addrgenmode none
            link set far addrgenmode none
            link set lo up
            address add 192.0.2.10/24 dev eth0
            address add 2001:db8::10/64 dev eth0 nodad
            route add blackhole 198.51.100.0/24 metric 20
            """;

    /** A block of a request and the reply to it. */
    private static final Pattern EXAMPLE = Pattern.compile("```\\n(\\{\"execute\".*)\\n([^`]*)```");

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
                // The kernel itself sends packets when interfaces come up: what is compared stands between two equal readings.
                var seen = new AtomicReference<Map<String, Object>>();
                var told = new AtomicReference<Map<String, Object>>();
                Await.until("the counters rest", () -> {
                    seen.set(InterfaceSummary.fromIp(namespace));
                    told.set(InterfaceSummary.fromAgent(host.ask(GET_INTERFACES)));
                    return seen.get().equals(InterfaceSummary.fromIp(namespace));
                });
                assertEquals(seen.get(), told.get());
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
                var answers = new ArrayList<JsonElement>();
                // New interfaces send packets of their own accord, and the counters are a part of the answer.
                Await.until("no packet is sent while both are asked", () -> {
                    answers.clear();
                    for (var host : List.of(qemuHost, lodgerHost, qemuHost)) {
                        answers.add(JsonParser.parseString(host.ask(GET_INTERFACES)));
                    }
                    return answers.get(0).equals(answers.get(2));
                });
                assertEquals(answers.get(0), answers.get(1));
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
                var routes = JsonParser.parseString(host.ask(GET_ROUTE)).getAsJsonObject()
                        .getAsJsonArray("return");
                var theDefault = StreamSupport.stream(routes.spliterator(), false).map(JsonElement::getAsJsonObject)
                        .filter(route -> route.get("destination").getAsString().equals("0.0.0.0")).findFirst().orElseThrow();
                assertEquals("192.0.2.254", theDefault.get("gateway").getAsString());
                assertEquals(4294967295L, theDefault.get("metric").getAsLong());
            }
        }
    }

    @Test
    void routesAreThoseOfTheKernelsFiles() throws Exception {
        try (var namespace = new NetworkNamespace()) {
            namespace.batch(MANY_ROUTES);
            try (var agent = AgentProcess.lodgerBy(namespace.starter(), folder); var host = agent.connectWhenReady()) {
                var routes = new ArrayList<String>();
                for (var route : JsonParser.parseString(host.ask(GET_ROUTE)).getAsJsonObject().getAsJsonArray("return")) {
                    routes.add(ProcRoutes.summary(route.getAsJsonObject()));
                }
                var expected = new ArrayList<>(ProcRoutes.ipv4(namespace.output("cat", "/proc/net/route")));
                expected.addAll(ProcRoutes.ipv6(namespace.output("cat", "/proc/net/ipv6_route")));
                assertEquals(expected, routes);
            }
        }
    }

    @Test
    void theExamplesOfTheBundlesReadmeAreReal() throws Exception {
        var readme = Files.readString(Distribution.checkout().resolve("bundles/io.lodger.network/README.md"));
        try (var namespace = new NetworkNamespace()) {
            namespace.batch(OF_THE_README);
            try (var agent = AgentProcess.lodgerBy(namespace.starter(), folder); var host = agent.connectWhenReady()) {
                var examples = EXAMPLE.matcher(readme).results().toList();
                assertEquals(2, examples.size());
                for (var example : examples) {
                    assertEquals(JsonParser.parseString(example.group(2)), JsonParser.parseString(host.ask(example.group(1))));
                }
            }
        }
    }
}
