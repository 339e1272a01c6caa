package io.lodger.itests.hotadd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import io.lodger.itests.FixtureBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that an added bundle kills at each start. */
class SafeModeTest {

    @TempDir
    private Path folder;
    private Path sign;
    private String[] options;

    @BeforeEach
    void makeConfiguration() throws Exception {
        sign = folder.resolve("die");
        Files.writeString(folder.resolve("lodger.conf"), "[general]\nrequire-signature=false\n");
        options = new String[] {"-c", folder.resolve("lodger.conf").toString()};
    }

    private AgentProcess start() throws Exception {
        return AgentProcess.lodger(folder, options);
    }

    private Path deadly() throws Exception {
        return FixtureBundle.build(folder, "test.deadly", "1.0.0", "Private-Package", "io.lodger.itests.hotadd.deadly",
                "-includeresource", "sign.txt;literal=\"" + sign + "\"");
    }

    @Test
    void afterThreeDeathsItStartsWithoutAddedBundlesAndTheCulpritCanBeRemoved() throws Exception {
        try (var agent = start(); var host = agent.connectWhenReady()) {
            var bundles = new BundleHost(host);
            assertTrue(bundles.take("install", FixtureBundle.build(folder, "test.fixture", "1.0.0")).contains("\"return\""));
            assertTrue(bundles.take("install", deadly()).contains("\"return\""));
            assertEquals("{\"return\": \"alive\"}", host.ask("{'execute': 'test-deadly'}"));
            assertEquals(0, agent.terminate(10));
        }
        Files.createFile(sign);
        for (int i = 0; i < 3; i++) {
            try (var agent = start()) {
                Await.until("the agent dies", () -> !agent.isAlive());
            }
        }
        try (var agent = start(); var host = agent.connectWhenReady()) {
            var bundles = new BundleHost(host);
            assertTrue(bundles.list().get("safe-mode").getAsBoolean());
            assertEquals(Map.of("test.fixture", "1.0.0 skipped", "test.deadly", "1.0.0 skipped"), bundles.added());
            var health = host.ask("{'execute': 'lodger-health'}");
            assertTrue(health.contains("\"healthy\": false, \"problems\": [\"The agent is in safe mode")
                    && health.contains("\"safe-mode\": true"), health);
            assertTrue(agent.log().contains("it starts without the bundles that were added to it"), agent.log());
            assertTrue(host.ask("{'execute': 'test-version'}").contains("CommandNotFound"));
            assertEquals("{\"return\": {}}", bundles.turn("uninstall", "test.deadly"));
            assertEquals(0, agent.terminate(10));
        }
        try (var agent = start(); var host = agent.connectWhenReady()) {
            var bundles = new BundleHost(host);
            assertFalse(bundles.list().get("safe-mode").getAsBoolean());
            assertEquals(Map.of("test.fixture", "1.0.0 active"), bundles.added());
        }
    }

    @Test
    void aBundleThatKillsTheAgentWhileItIsInstalledIsNotThereAfterwards() throws Exception {
        Files.createFile(sign);
        try (var agent = start(); var host = agent.connectWhenReady()) {
            host.send(BundleHost.request("install", "path", deadly().toString()));
            Await.until("the agent dies", () -> !agent.isAlive());
        }
        try (var agent = start(); var host = agent.connectWhenReady()) {
            assertEquals(Map.of(), new BundleHost(host).added());
        }
    }

    @Test
    void anAgentThatIsAskedToEndHasNotDied() throws Exception {
        try (var agent = start(); var host = agent.connectWhenReady()) {
            new BundleHost(host).take("install", FixtureBundle.build(folder, "test.fixture", "1.0.0"));
        }
        for (int i = 0; i < 4; i++) {
            try (var agent = start(); var host = agent.connectWhenReady()) {
                assertEquals("{\"return\": \"1.0.0\"}", host.ask("{'execute': 'test-version'}"));
                assertEquals(0, agent.terminate(10));
            }
        }
    }
}
