package io.lodger.core.bundles;

import static io.lodger.core.bundles.BundleReplies.HELLO;
import static io.lodger.core.bundles.BundleReplies.assertRefused;
import static io.lodger.core.bundles.BundleReplies.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may change bundles, and when. */
class PermissionTest {

    @TempDir
    private Path folder;
    private ManagedAgent agent;

    @BeforeEach
    void start() throws Exception {
        agent = ManagedAgent.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
    }

    @Test
    void onlyTheChannelsOfTheConfigurationManageBundlesAndEachWishIsWrittenDown() throws Exception {
        agent.close();
        agent = ManagedAgent.start(folder, ManagedAgent.configuration(folder, false, "c1"));
        assertRefused("The channel 'c0' may not manage bundles; manage-channels in the configuration allows c1",
                agent.install(TestJar.in(folder, HELLO, "1.0.0")));
        assertRefused("may not manage", agent.ask("lodger-bundle-upload-begin", "\"size\": 1, \"sha256\": \"" + "0".repeat(64) + "\""));
        var jar = TestJar.in(folder, HELLO, "1.0.0");
        try (var host = agent.agent().connect(1)) {
            host.send("{\"execute\": \"lodger-bundle-install\", \"arguments\": {\"path\": \"" + jar + "\"}}");
            assertTrue(host.line().contains("\"added-by\": \"c1\""));
        }
        var lines = Files.readAllLines(folder.resolve("store/audit.log"));
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).contains("\"channel\":\"c0\",\"command\":\"lodger-bundle-install\"")
                && lines.get(0).contains("\"outcome\":\"refused\",\"error\":\"The channel"), lines.get(0));
        assertTrue(lines.get(1).contains("\"bundle\":\"com.example.hello\",\"version\":\"1.0.0\",\"outcome\":\"done\""), lines.get(1));
    }

    @Test
    void whileFrozenNothingIsChanged() throws Exception {
        agent.agent().agent().frozenState().freeze();
        for (var verb : new String[] {"install", "update", "uninstall", "start", "stop", "rollback", "upload-begin", "upload-write"}) {
            var reply = agent.ask("lodger-bundle-" + verb, "");
            assertTrue(reply.contains("has been disabled"), reply);
        }
        agent.agent().agent().frozenState().thaw();
        assertEquals(list(), agent.list());
    }
}
