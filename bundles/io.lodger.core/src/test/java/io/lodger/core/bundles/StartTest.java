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

/** What was added, when the agent starts and not everything is as it was. */
class StartTest {

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
    void theImagesVersionWinsWhenItIsNotLowerAndTheAddedOneIsListedAsSuperseded() throws Exception {
        var hello = TestJar.in(folder, HELLO, "1.0.0", "Service-Component: ");
        agent = agent.restarted(hello);
        agent.install(TestJar.in(folder, HELLO, "1.1.0"));
        assertTrue(agent.list().contains("\"version\": \"1.0.0\", \"state\": \"superseded\", \"origin\": \"feature\""), agent.list());
        var newer = TestJar.in(folder, HELLO, "1.2.0", "Service-Component: ");
        agent = agent.restarted(newer);
        var list = agent.list();
        assertTrue(list.contains("\"version\": \"1.2.0\", \"state\": \"active\", \"origin\": \"feature\""), list);
        assertTrue(list.contains("\"version\": \"1.1.0\", \"state\": \"superseded\", \"origin\": \"added\""), list);
        assertTrue(list.contains("\"problem\": \"com.example.hello 1.2.0 came with the agent; only a higher version than that"), list);
        assertRefused("com.example.hello 1.2.0 came with the agent", agent.named("lodger-bundle-start", HELLO));
        assertEquals("{\"return\": {}}", agent.named("lodger-bundle-uninstall", HELLO));
    }

    @Test
    void aRollbackFromTheImagesVersionBringsItBack() throws Exception {
        agent = agent.restarted(TestJar.in(folder, HELLO, "1.0.0", "Service-Component: "));
        assertTrue(agent.install(TestJar.in(folder, HELLO, "1.1.0")).contains("\"previous\": \"1.0.0\""));
        var reply = agent.named("lodger-bundle-rollback", HELLO);
        assertTrue(reply.contains("\"version\": \"1.0.0\", \"state\": \"active\", \"origin\": \"feature\""), reply);
        assertRefused("com.example.hello 1.0.0 came with the agent", agent.named("lodger-bundle-uninstall", HELLO));
    }

    @Test
    void aDamagedOrMissingJarIsToldAndTheOthersAreThere() throws Exception {
        agent.install(TestJar.in(folder, HELLO, "1.0.0"));
        agent.install(TestJar.in(folder, "com.example.other", "1.0.0"));
        agent.install(TestJar.in(folder, "com.example.third", "1.0.0"));
        agent.close();
        int kind = 0;
        try (var jars = Files.list(folder.resolve("store/jars"))) {
            for (var stored : jars.sorted().limit(2).toList()) {
                if (kind++ == 0) {
                    Files.writeString(stored, "damaged");
                } else {
                    Files.delete(stored);
                }
            }
        }
        agent = ManagedAgent.start(folder);
        var list = agent.list();
        assertTrue(list.contains(".jar is damaged\"") && list.contains(".jar is missing\""), list);
        assertEquals(2, list.split("\"state\": \"skipped\"", -1).length - 1, list);
        assertEquals(1, list.split("\"state\": \"active\"", -1).length - 1, list);
    }

    @Test
    void aDamagedIndexIsSetAsideAndTheAgentGoesOn() throws Exception {
        agent.install(TestJar.in(folder, HELLO, "1.0.0"));
        agent.close();
        Files.writeString(folder.resolve("store/index.json"), "{\"format\": 1, \"added\": [{}]}");
        agent = ManagedAgent.start(folder);
        assertEquals(list(), agent.list());
        assertTrue(Files.exists(folder.resolve("store/index.json.damaged")));
    }

    @Test
    void inSafeModeNothingIsStartedUntilTheOperatorSaysSo() throws Exception {
        agent.install(TestJar.in(folder, HELLO, "1.0.0"));
        agent.install(TestJar.in(folder, "com.example.other", "1.0.0"));
        agent.close();
        agent = ManagedAgent.start(folder, ManagedAgent.configuration(folder, true));
        var list = agent.list();
        assertTrue(list.contains("\"safe-mode\": true"), list);
        assertEquals(2, list.split("\"state\": \"skipped\"", -1).length - 1, list);
        assertEquals("{\"return\": {}}", agent.named("lodger-bundle-uninstall", HELLO));
        assertTrue(agent.named("lodger-bundle-start", "com.example.other").contains("\"state\": \"active\""));
    }
}
