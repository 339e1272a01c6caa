package io.lodger.itests.hotadd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.FixtureBundle;
import io.lodger.itests.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent is killed by SIGKILL at random points of installs, updates, rollbacks and uninstalls. Each time it comes up again with what
 * was there before or what was to be there after. {@code -Dlodger.kill.rounds} says how often.
 */
class KillTest {

    private static final int ROUNDS = Integer.getInteger("lodger.kill.rounds", 40);
    private static final String NAME = "test.fixture";

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("lodger.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Versions versions;
    private String[] options;
    private int counter;
    private long longest = 400_000_000;

    @BeforeEach
    void makeBundles() throws Exception {
        versions = new Versions(folder, NAME);
        Files.writeString(folder.resolve("lodger.conf"), "[general]\nrequire-signature=false\n");
        options = new String[] {"-c", folder.resolve("lodger.conf").toString()};
    }

    @Test
    void theOldOrTheNewSetIsThereAfterADeathAtAnyMoment() throws Exception {
        int old = 0;
        List<String> state = List.of();
        var next = state;
        install(FixtureBundle.build(folder, "test.constant", "1.0.0", "Private-Package", "io.lodger.itests.hotadd.deadly",
                "-includeresource", "sign.txt;literal=\"/nowhere\""));
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 1) {
                // An agent that is asked to end has not died. Without such ends this would be the way into safe mode.
                startAndEnd();
            }
            try (var agent = AgentProcess.lodger(folder, options); var host = agent.connectWhenReady()) {
                var now = there(host);
                assertTrue(now.equals(state) || now.equals(next), "seed " + seed + ", round " + round + ": " + state + " was to be " + next
                        + ", and is " + now);
                old += now.equals(state) ? 1 : 0;
                state = now;
                next = killedDuringAChange(agent, host, state);
            }
        }
        System.out.println("killed " + ROUNDS + " times: " + old + " times the old set was there, " + (ROUNDS - old) + " times the new");
        assertTrue(ROUNDS < 20 || old > 0 && old < ROUNDS, "the deaths are spread over the change, but " + old + " of " + ROUNDS
                + " were early");
    }

    private void install(Path jar) throws Exception {
        try (var agent = AgentProcess.lodger(folder, options); var host = agent.connectWhenReady()) {
            assertTrue(new BundleHost(host).take("install", jar).contains("\"return\""));
            assertEquals(0, agent.terminate(10));
        }
    }

    private void startAndEnd() throws Exception {
        try (var agent = AgentProcess.lodger(folder, options); var host = agent.connectWhenReady()) {
            assertEquals(0, agent.terminate(10));
        }
    }

    /** Begins a change and kills the agent while it goes on. Gives the versions, the newest first, that the change would bring. */
    private List<String> killedDuringAChange(AgentProcess agent, Host host, List<String> state) throws Exception {
        var next = new ArrayList<>(state);
        String request;
        switch (state.isEmpty() ? 0 : random.nextInt(state.size() == 1 ? 3 : 4)) {
            case 0 -> request = state.isEmpty() ? installing(next) : updating(next);
            case 1 -> request = updating(next);
            case 2 -> {
                next.clear();
                request = BundleHost.request("uninstall", "symbolic-name", NAME);
            }
            default -> {
                next.remove(0);
                request = BundleHost.request("rollback", "symbolic-name", NAME);
            }
        }
        long begun = System.nanoTime();
        host.send(request);
        if (random.nextInt(10) == 0) {
            // Now and then the whole change is measured, and the death comes right after its reply.
            assertTrue(host.line().contains("\"return\""));
            longest = System.nanoTime() - begun;
        } else {
            LockSupport.parkNanos((long) (random.nextDouble() * longest * 1.2));
        }
        agent.kill();
        return next;
    }

    private String installing(List<String> next) throws Exception {
        next.add(0, "1.0." + ++counter);
        return BundleHost.request("install", "path", versions.jar(next.get(0)).toString());
    }

    private String updating(List<String> next) throws Exception {
        next.add(0, "1.0." + ++counter);
        while (next.size() > 2) {
            next.remove(2);
        }
        return BundleHost.request("update", "path", versions.jar(next.get(0)).toString());
    }

    /** What is there when the agent has started again: the version that answers, and the one that a rollback would bring. */
    private List<String> there(Host host) throws IOException {
        var bundles = new BundleHost(host);
        var expected = new TreeMap<>(Map.of("test.constant", "1.0.0 active"));
        var there = new ArrayList<String>();
        var facts = bundles.facts(NAME);
        if (facts.isPresent()) {
            there.add(BundleHost.text(facts.get(), "version"));
            if (facts.get().has("previous")) {
                there.add(BundleHost.text(facts.get(), "previous"));
            }
            expected.put(NAME, there.get(0) + " active");
        }
        assertEquals(expected, bundles.added(), "seed " + seed);
        assertVersion(host, there);
        assertNoLeftovers(there.size() + 1);
        return there;
    }

    private static void assertVersion(Host host, List<String> there) throws IOException {
        var answer = host.ask("{'execute': 'test-version'}");
        assertTrue(there.isEmpty() ? answer.contains("CommandNotFound") : answer.equals("{\"return\": \"" + there.get(0) + "\"}"), answer);
    }

    private void assertNoLeftovers(int jars) throws IOException {
        var store = folder.resolve("lodger.bundles");
        try (var kept = Files.list(store.resolve("jars")); var staged = Files.list(store.resolve("staging"))) {
            assertEquals(jars, kept.count());
            assertEquals(0, staged.count());
        }
    }
}
