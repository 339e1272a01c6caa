package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power commands of the built agent where they can do no harm. */
class PowerTest {

    private static final Set<String> OF_QEMU_GA = Set.of("guest-shutdown", "guest-suspend-disk", "guest-suspend-ram",
            "guest-suspend-hybrid");

    private static final String STATUS = "{'execute': 'lodger-suspend-status'}";
    private static final String SUSPEND_FOR =
            "{'execute': 'lodger-suspend-for', 'arguments': {'target': 'mem', 'duration': 60}}";

    /** A block of a request and the reply to it. */
    private static final Pattern EXAMPLE = Pattern.compile("```\\n(\\{\"execute\".*)\\n([^`]*)```");
    private static final String SLEEPS =
            "echo $(($(cat $ROOT/sys/power/suspend_stats/success) + 1)) > $ROOT/sys/power/suspend_stats/success";

    @TempDir
    private Path folder;
    private PowerSandbox sandbox;
    private AgentProcess agent;

    @BeforeAll
    static void needsNamespaces() throws Exception {
        assumeTrue(PowerSandbox.isPossible(), "no right to make mount and PID namespaces here");
    }

    @BeforeEach
    void makeSandbox() throws IOException {
        sandbox = new PowerSandbox(folder.resolve("sandbox"));
    }

    /** The program that makes the namespaces takes no notice of SIGTERM; when it is killed all goes with it. */
    @AfterEach
    void endAgent() throws Exception {
        if (agent != null) {
            agent.kill();
        }
    }

    private void start(String... options) throws IOException {
        agent = AgentProcess.lodgerBy(sandbox.starter(), folder.resolve("agent"), options);
    }

    @Test
    void qemuGasCommandsAreListedAsQemuGaListsThem() throws Exception {
        assumeTrue(AgentProcess.qemuGaPath().isPresent(), "qemu-ga is not installed (Debian package qemu-guest-agent)");
        start();
        try (var qemu = AgentProcess.qemuGa(List.of(), folder.resolve("qemu"));
                var lodgerHost = agent.connectWhenReady(); var qemuHost = qemu.connect()) {
            var listed = listed(lodgerHost);
            assertEquals(OF_QEMU_GA.size(), listed.size());
            assertEquals(listed(qemuHost), listed);
        }
    }

    private static Set<String> listed(Host host) throws IOException {
        var names = new TreeSet<String>();
        JsonArray all = JsonParser.parseString(host.ask("{'execute': 'guest-info'}")).getAsJsonObject().getAsJsonObject("return")
                .getAsJsonArray("supported_commands");
        for (var command : all) {
            var facts = command.getAsJsonObject();
            if (OF_QEMU_GA.contains(facts.get("name").getAsString())) {
                names.add(facts.get("name") + " " + facts.get("enabled") + " " + facts.get("success-response"));
            }
        }
        return names;
    }

    @Test
    void theReplyToASuspendForADurationDoesNotWaitForTheSleep() throws Exception {
        sandbox.program("pm-is-supported", "exit 0").program("pm-suspend", "mkfifo $ROOT/go; cat $ROOT/go; " + SLEEPS);
        start();
        try (var host = agent.connectWhenReady()) {
            assertEquals("{\"return\": {\"wake-time\": 1800000061}}", host.ask(SUSPEND_FOR));
            assertEquals("1800000061", sandbox.read("sys/class/rtc/rtc0/wakealarm"));
            assertTrue(host.ask(SUSPEND_FOR).contains("a lodger-suspend-for is pending"));
            assertTrue(host.ask("{'execute': 'guest-suspend-ram'}").contains("a lodger-suspend-for is pending"));
            Await.until("the program waits", () -> Files.exists(folder.resolve("sandbox/go")));
            Files.writeString(folder.resolve("sandbox/go"), "now");
            Await.until("it is over", () -> host.ask(STATUS).contains("\"last\""));
            assertEquals("{\"return\": {\"last\": {\"target\": \"mem\", \"duration\": 60, \"strategy\": \"pm-utils\", \"slept-ms\": 0}}}",
                    host.ask(STATUS));
            Await.until("the alarm is taken back", () -> sandbox.read("sys/class/rtc/rtc0/wakealarm").equals("0"));
        }
    }

    @Test
    void aNewVersionOfTheBundleTakesBackWhatIsPendingAndGoesOn() throws Exception {
        sandbox.program("pm-is-supported", "exit 0").program("pm-suspend", "exec sleep 1000");
        start(DistributionTest.unsignedBundlesAllowed());
        try (var host = agent.connectWhenReady()) {
            host.ask(SUSPEND_FOR);
            Await.until("the program runs", () -> sandbox.calls().contains("pm-suspend"));
            var raised = FixtureBundle.raised(power(), folder, "1.0.1");
            var reply = host.ask("{'execute': 'lodger-bundle-install', 'arguments': {'path': '" + raised + "'}}");
            assertTrue(reply.contains("\"version\": \"1.0.1\"") && reply.contains("guest-suspend-ram"), reply);
            assertEquals("0", sandbox.read("sys/class/rtc/rtc0/wakealarm"));
            assertEquals("{\"return\": {}}", host.ask(STATUS));
            sandbox.program("pm-suspend", SLEEPS);
            host.send("{'execute': 'guest-suspend-ram'}");
            assertTrue(host.ask(STATUS).contains("\"strategy\": \"pm-utils\""));
            assertTrue(host.ask("{'execute': 'lodger-bundle-uninstall', 'arguments': {'symbolic-name': 'io.lodger.power'}}")
                    .equals("{\"return\": {}}"));
            host.send("{'execute': 'guest-suspend-ram'}");
            assertTrue(host.ask(STATUS).contains("\"strategy\": \"pm-utils\""));
        }
    }

    private static Path power() throws IOException {
        try (var files = Files.list(Distribution.home().resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("io.lodger.power-")).findFirst().orElseThrow();
        }
    }

    @Test
    void shutdownTriesEveryProgramAndThenTheKernel() throws Exception {
        start();
        try (var host = agent.connectWhenReady()) {
            host.send("{'execute': 'guest-shutdown', 'arguments': {'mode': 'reboot'}}");
            Await.until("the namespace has ended", () -> !agent.isAlive());
            assertEquals(List.of("shutdown -h -r +0 hypervisor initiated shutdown", "systemctl reboot", "reboot"), sandbox.calls());
        }
    }

    @Test
    void shutdownLeavesTheRestToTheProgramThatSucceeds() throws Exception {
        sandbox.program("systemctl", "exit 0");
        start();
        try (var host = agent.connectWhenReady()) {
            host.send("{'execute': 'guest-shutdown'}");
            assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
            assertEquals(List.of("shutdown -h -P +0 hypervisor initiated shutdown", "systemctl poweroff"), sandbox.calls());
        }
    }

    @Test
    void theExamplesOfTheBundlesReadmeAreReal() throws Exception {
        var readme = Files.readString(Distribution.checkout().resolve("bundles/io.lodger.power/README.md"));
        sandbox.program("pm-is-supported", "grep -q mem /sys/power/state").program("pm-suspend", SLEEPS);
        start();
        try (var host = agent.connectWhenReady()) {
            var examples = EXAMPLE.matcher(readme).results().toList();
            assertEquals(7, examples.size());
            for (var example : examples) {
                // What the three commands say where it can't be done; the others are asked where it can.
                boolean refused = example.group(1).contains("guest-suspend-");
                sandbox.file("sys/power/state", refused ? "freeze\n" : "freeze mem\n");
                if (example.group(1).contains("status")) {
                    Await.until("it is over", () -> host.ask(STATUS).contains("\"duration\": 60, \"strategy\"")
                            && sandbox.read("sys/class/rtc/rtc0/wakealarm").equals("0"));
                }
                assertEquals(withoutFigures(example.group(2)), withoutFigures(host.ask(example.group(1))));
            }
        }
    }

    /** Times differ from run to run, and so do the names of what woke a real machine. */
    private static Object withoutFigures(String reply) {
        return JsonParser.parseString(reply.replaceAll("\"(slept-ms|wake-time)\": \\d+", "\"$1\": 0"));
    }
}
