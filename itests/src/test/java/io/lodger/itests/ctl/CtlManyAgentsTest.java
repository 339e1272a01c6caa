package io.lodger.itests.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.FixtureBundle;
import io.lodger.itests.vendor.Program;
import io.lodger.itests.vendor.VendorKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lodgerctl} and several agents at once, found by a pattern of their sockets. */
class CtlManyAgentsTest {

    @TempDir
    private Path folder;
    private final List<AgentProcess> agents = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var agent : agents) {
            agent.close();
        }
    }

    @Test
    void aBundleComesToAllOfThemAndIsTakenBack() throws Exception {
        var key = VendorKey.make(folder);
        start("a", key.agentOptions());
        start("b", key.agentOptions());
        var jar = key.sign(FixtureBundle.build(folder, "test.fixture", "1.0.0"));
        assertEquals(List.of("GUEST OUTCOME BUNDLE BEFORE AFTER", "a done test.fixture - 1.0.0", "b done test.fixture - 1.0.0"),
                table(all("bundle", "install", jar).good()));
        assertEquals(2, all("call", "test-version").good().output().lines().filter("\"1.0.0\""::equals).count());

        var higher = key.sign(FixtureBundle.build(folder, "test.fixture", "1.2.0"));
        assertEquals(List.of("GUEST OUTCOME BUNDLE BEFORE AFTER", "a done test.fixture 1.0.0 1.2.0", "b done test.fixture 1.0.0 1.2.0"),
                table(all("bundle", "update", higher).good()));
        assertEquals(List.of("GUEST OUTCOME BUNDLE BEFORE AFTER", "a done test.fixture 1.2.0 1.0.0", "b done test.fixture 1.2.0 1.0.0"),
                table(all("bundle", "rollback", "test.fixture").good()));
        assertEquals(List.of("GUEST OUTCOME BUNDLE BEFORE AFTER", "a done test.fixture 1.0.0 -", "b done test.fixture 1.0.0 -"),
                table(all("bundle", "uninstall", "test.fixture").good()));
    }

    @Test
    void aCanaryThatRefusesSparesTheOthers() throws Exception {
        var key = VendorKey.make(folder);
        // It trusts nobody.
        Files.writeString(folder.resolve("strict.conf"), "[general]\ntrust-store=" + folder.resolve("none.p12") + "\n");
        start("a", "-c", folder.resolve("strict.conf").toString());
        start("b", key.agentOptions());
        var jar = key.sign(FixtureBundle.build(folder, "test.fixture", "1.0.0"));
        var ended = all("--canary", "1", "bundle", "install", jar);
        assertEquals(4, ended.status(), ended.output());
        assertEquals(List.of("GUEST OUTCOME BUNDLE BEFORE AFTER", "a failed - - -", "b skipped - - -"), table(ended).subList(0, 3));
        assertTrue(ended.output().contains("trust store"), ended.output());
        assertFalse(all("--json", "bundle", "list").good().output().contains("test.fixture"));

        var without = all("bundle", "install", jar);
        assertEquals(4, without.status(), without.output());
        assertEquals(List.of("GUEST OUTCOME BUNDLE BEFORE AFTER", "a failed - - -", "b done test.fixture - 1.0.0"),
                table(without).subList(0, 3));
    }

    private void start(String name, String... options) throws Exception {
        var agent = AgentProcess.lodger(folder.resolve(name), options);
        agents.add(agent);
        agent.connectWhenReady().close();
    }

    private Program.Ended all(Object... words) throws Exception {
        return Program.lodgerctl(Stream.concat(Stream.of("--socket", folder + "/*/lodger.sock"), Stream.of(words)).toArray());
    }

    /** The table's lines with short names, without the time. */
    private List<String> table(Program.Ended ended) {
        return ended.output().lines().map(line -> line.replace(folder + "/", "").replace("/lodger.sock", "")
                .replaceAll(" +([0-9.]+ s|TIME)$", "").replaceAll(" +", " ")).toList();
    }
}
