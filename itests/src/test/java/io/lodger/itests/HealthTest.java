package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built and running agent says of itself and its bundles. */
class HealthTest {

    private static final String HEALTH = "{'execute': 'lodger-health'}";
    private static final String WELL = "{\"return\": {\"healthy\": true, \"problems\": [], \"version\": \"";

    @TempDir
    private Path folder;

    @Test
    void anAgentThatAnswersEverythingIsWellAndCounts() throws Exception {
        try (var agent = AgentProcess.lodger(folder); var host = agent.connectWhenReady()) {
            for (int i = 0; i < 1000; i++) {
                assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
            }
            host.ask("{'execute': 'guest-network-get-interfaces', 'arguments': {'none': 1}}");
            var health = host.ask(HEALTH);
            assertTrue(health.startsWith(WELL), health);
            assertTrue(health.contains("{\"name\": \"guest-ping\", \"bundle\": \"io.lodger.core\", \"bundle-version\": "), health);
            assertTrue(health.contains("\"calls\": 1000, \"failures\": 0, \"cancelled\": 0, \"errors\": 0, \"running\": []"), health);
        }
    }

    @Test
    void aBundleThatThrowsErrorsAndLeavesAThreadBehindIsNamed() throws Exception {
        try (var agent = AgentProcess.lodger(folder, DistributionTest.unsignedBundlesAllowed()); var host = agent.connectWhenReady()) {
            host.ask("{'execute': 'lodger-bundle-install', 'arguments': {'path': '" + JobFixture.bundle(folder, "1.0.0") + "'}}");
            assertTrue(host.ask(HEALTH).startsWith(WELL));
            assertTrue(host.ask("{'execute': 'test-leave'}").contains("AssertionError: this bundle does not keep its house in order"));
            var wrong = host.ask(HEALTH);
            assertTrue(wrong.startsWith("{\"return\": {\"healthy\": false, "
                    + "\"problems\": [\"test-leave of test.jobs 1.0.0 has thrown 1 errors"), wrong);
            assertTrue(wrong.contains("\"leaked-threads\": []"), wrong);
            assertEquals("{\"return\": {}}",
                    host.ask("{'execute': 'lodger-bundle-uninstall', 'arguments': {'symbolic-name': 'test.jobs'}}"));
            var gone = host.ask(HEALTH);
            assertTrue(gone.contains("\"leaked-threads\": [{\"thread\": \"left-behind\", \"bundle\": \"test.jobs\", "
                    + "\"bundle-version\": \"1.0.0\"}]"), gone);
            assertTrue(gone.contains("\"problems\": [\"Thread left-behind of test.jobs 1.0.0 is still there though that is gone\"]"), gone);
        }
    }
}
