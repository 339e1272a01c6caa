package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles added to the built and running agent over its channel. */
class HotAddTest {

    @TempDir
    private Path folder;
    private AgentProcess agent;
    private Host host;

    @BeforeEach
    void start() throws IOException {
        agent = AgentProcess.lodger(folder, DistributionTest.unsignedBundlesAllowed());
        host = agent.connectWhenReady();
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        agent.close();
    }

    @Test
    void anAddedBundleAnswersAndGoesAgain() throws Exception {
        assertEquals("{\"return\": [{\"symbolic-name\": \"test.fixture\", \"version\": \"1.0.0\", \"state\": \"active\", "
                + "\"origin\": \"added\", \"commands\": [\"test-linger\", \"test-version\"], "
                + "\"added-at\": \"NOW\", \"added-by\": \"main\"}]}",
                install(FixtureBundle.build(folder, "test.fixture", "1.0.0")).replaceFirst("(\"added-at\": )\"[^\"]*\"", "$1\"NOW\""));
        assertEquals("{\"return\": \"1.0.0\"}", host.ask("{'execute': 'test-version'}"));
        assertEquals("{\"return\": {}}", uninstall("test.fixture"));
        assertEquals("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command test-version has not been found\"}}",
                host.ask("{'execute': 'test-version'}"));
    }

    @Test
    void aBuiltInBundleIsSupersededAndTakenBack() throws Exception {
        var builtIn = jarOf("io.lodger.network");
        var before = host.ask("{'execute': 'lodger-describe', 'arguments': {'command': 'guest-network-get-interfaces'}}");
        assertTrue(before.contains("\"bundle-version\": \"1.0.0.SNAPSHOT\""), before);
        var raised = FixtureBundle.raised(builtIn, folder, "1.0.1");
        assertTrue(install(raised).contains("\"commands\": [\"guest-network-get-interfaces\", \"guest-network-get-route\"]"));
        var after = host.ask("{'execute': 'lodger-describe', 'arguments': {'command': 'guest-network-get-interfaces'}}");
        assertEquals(before.replace("1.0.0.SNAPSHOT", "1.0.1"), after);
        assertTrue(host.ask("{'execute': 'guest-network-get-interfaces'}").contains("\"name\": \"lo\""));
        assertEquals("{\"return\": {}}", uninstall("io.lodger.network"));
        assertEquals(before, host.ask("{'execute': 'lodger-describe', 'arguments': {'command': 'guest-network-get-interfaces'}}"));
        assertTrue(host.ask("{'execute': 'guest-network-get-interfaces'}").contains("\"name\": \"lo\""));
    }

    @Test
    void whatIsNoBundleIsRefusedByName() throws Exception {
        var text = Files.writeString(folder.resolve("note.jar"), "no jar at all");
        assertTrue(install(text).contains("note.jar is no bundle"));
        assertTrue(install(folder.resolve("missing.jar")).contains("missing.jar"));
        assertTrue(uninstall("io.lodger.network").contains("came with the agent; it goes when its feature is left out"));
        assertTrue(uninstall("nobody").contains("No bundle nobody was added"));
    }

    @Test
    void aBundleThatLacksSomethingIsRefusedAndLeavesNoTrace() throws Exception {
        var bundle = FixtureBundle.build(folder, "test.fixture", "1.0.0", "Import-Package", "com.example.missing;version=\"[2,3)\",*");
        var refusal = install(bundle);
        assertTrue(refusal.contains("test.fixture 1.0.0 needs package com.example.missing [2.0,3.0), which this agent doesn't offer"),
                refusal);
        var old = FixtureBundle.build(folder, "test.fixture", "1.0.0", "Import-Package", "io.lodger.command;version=\"[2,3)\",*");
        assertTrue(install(old).contains("test.fixture 1.0.0 needs package io.lodger.command [2.0,3.0), this agent offers 1."));
        assertTrue(!host.ask("{'execute': 'lodger-bundle-list'}").contains("test.fixture"));
    }

    @Test
    void aComponentThatCantBeMadeIsNamedWithItsReason() throws Exception {
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"The command test-unmakeable of test.broken 1.0.0 can't "
                + "be served: java.lang.IllegalStateException: the licence of this bundle has run out\"}}",
                install(FixtureBundle.build(folder, "test.broken", "1.0.0", "Private-Package", "io.lodger.itests.fixture.broken")));
        assertTrue(host.ask("{'execute': 'test-unmakeable'}").contains("CommandNotFound"));
        Await.until("the log tells it", () -> agent.log().contains("io.lodger.itests.fixture.broken.Unmakeable"));
    }

    @Test
    void anAgentWithoutATrustStoreSaysHowToMakeOne() throws Exception {
        var configuration = Files.writeString(folder.resolve("strict.conf"), "[general]\ntrust-store=/nowhere/trust.p12\n");
        try (var strict = AgentProcess.lodger(folder.resolve("strict"), "-c", configuration.toString());
                var strictHost = strict.connectWhenReady()) {
            var jar = FixtureBundle.build(folder, "test.fixture", "1.0.0");
            var refusal = strictHost.ask("{'execute': 'lodger-bundle-install', 'arguments': {'path': '" + jar + "'}}");
            assertTrue(refusal.contains("No bundle can be accepted, for there is no trust store /nowhere/trust.p12; "), refusal);
        }
    }

    private String install(Path jar) throws IOException {
        return host.ask("{'execute': 'lodger-bundle-install', 'arguments': {'path': '" + jar + "'}}");
    }

    private String uninstall(String name) throws IOException {
        return host.ask("{'execute': 'lodger-bundle-uninstall', 'arguments': {'symbolic-name': '" + name + "'}}");
    }

    private static Path jarOf(String bundle) throws IOException {
        try (var files = Files.list(Distribution.home().resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(bundle + "-")).findFirst().orElseThrow();
        }
    }
}
