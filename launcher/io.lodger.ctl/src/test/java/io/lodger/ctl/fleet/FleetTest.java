package io.lodger.ctl.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.lodger.ctl.Ran;
import io.lodger.ctl.ScriptedPeer;
import io.lodger.ctl.ScriptedPeer.Script;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FleetTest {
    private static final Script GOOD = ScriptedPeer.answering(Map.of(
        "guest-ping", "\"return\": {}", "lodger-bundle-list", "\"return\": {\"bundles\": []}",
        "lodger-bundle-start", "\"return\": {\"symbolic-name\": \"a.b\", \"version\": \"1.0.0\"}"));
    private static final Script BAD = ScriptedPeer.answering(Map.of(
        "lodger-bundle-list", "\"return\": {\"bundles\": []}",
        "lodger-bundle-start", "\"error\": {\"class\": \"GenericError\", \"desc\": \"it \\u001b[31m broke\"}"));

    @TempDir
    Path folder;

    private final List<ScriptedPeer> peers = new ArrayList<>();

    @AfterEach
    void closePeers() throws Exception {
        for (var peer : peers) {
            peer.close();
        }
    }

    @Test
    void aChangeOfSeveralGuestsIsATableOfOutcomes() throws Exception {
        listen("a", GOOD);
        listen("b", BAD);
        var ran = sockets("bundle", "start", "a.b");
        assertEquals(4, ran.exitCode(), ran.err());
        assertEquals("""
            GUEST OUTCOME BUNDLE BEFORE AFTER TIME
            %1$s/a.sock done a.b - 1.0.0 T
            %1$s/b.sock failed - - - T
            %1$s/b.sock: GenericError: it \\u001B[31m broke
            """.formatted(folder), ran.out().replaceAll("[0-9]+\\.[0-9] s", "T").replaceAll(" +", " "));
    }

    @Test
    void afterACanaryHasFailedNothingMoreIsBegun() throws Exception {
        listen("a", BAD);
        listen("b", GOOD);
        var ran = sockets("--json", "--canary", "1", "bundle", "start", "a.b");
        assertEquals(4, ran.exitCode());
        assertEquals(List.of("failed", "skipped"), outcomes(ran));
    }

    @Test
    void afterTheCanariesTheOthersFollow() throws Exception {
        for (var name : List.of("a", "b", "c")) {
            listen(name, GOOD);
        }
        var ran = sockets("--json", "--canary", "2", "bundle", "start", "a.b");
        assertEquals(0, ran.exitCode(), ran.out());
        assertEquals(List.of("done", "done", "done"), outcomes(ran));
    }

    @Test
    void guestsAreAskedAtOnce() throws Exception {
        var both = new CyclicBarrier(2);
        Script waiting = connection -> {
            connection.synchronise();
            var id = connection.request().get("id");
            meet(both);
            // lodger-describe, by which the arguments' types would be known, is not there; nor does guest-info tell of it.
            connection.send("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"no\"}, \"id\": " + id + "}\n");
            try {
                while (true) {
                    connection.answer("\"return\": {}");
                }
            } catch (EOFException e) {
                return;
            }
        };
        listen("a", waiting);
        listen("b", waiting);
        var ran = sockets("call", "guest-ping");
        assertEquals(0, ran.exitCode(), ran.out());
        assertEquals("==> a: done\n{}\n==> b: done\n{}\n", ran.out().replace(folder + "/", "").replaceAll("\\.sock|, [0-9.]+ s", ""));
    }

    @Test
    void oneGuestThatIsGoneIsToldApart() throws Exception {
        listen("a", GOOD);
        var ran = Ran.words("-s", folder.resolve("a.sock").toString(), "-s", folder.resolve("gone.sock").toString(), "-j",
            "call", "guest-ping");
        assertEquals(4, ran.exitCode());
        var all = JsonParser.parseString(ran.out()).getAsJsonArray();
        assertEquals("{}", all.get(0).getAsJsonObject().get("result").toString());
        assertTrue(all.get(1).getAsJsonObject().getAsJsonObject("error").get("desc").getAsString().startsWith("there is no socket"));
    }

    @Test
    void aPatternWithoutASocketIsRefused() {
        assertEquals(new Ran(2, "", "lodgerctl: no socket matches " + folder + "/*.sock\n"), sockets("call", "guest-ping"));
    }

    @Test
    void theShellIsForOne() throws Exception {
        listen("a", GOOD);
        var ran = sockets("shell");
        assertEquals(2, ran.exitCode());
        // Nobody connects, so the peer is told that it need not wait any longer.
        assertEquals("lodgerctl: the shell is for one agent; these options name 1\n", ran.err());
    }

    @Test
    void domainsNeedAConnection() {
        assertEquals(new Ran(2, "", "lodgerctl: --all and --domain need --libvirt URI, such as --libvirt qemu:///system\n"),
            Ran.words("--all", "call", "guest-ping"));
        assertEquals(new Ran(2, "", "lodgerctl: which domains of test:///default? add --domain NAME or --all\n"),
            Ran.words("--libvirt", "test:///default", "call", "guest-ping"));
    }

    private static void meet(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException | InterruptedException e) {
            throw new IOException("the other guest was not asked meanwhile", e);
        }
    }

    private void listen(String name, Script script) throws IOException {
        peers.add(new ScriptedPeer(folder.resolve(name + ".sock"), script));
    }

    private Ran sockets(String... words) {
        var line = new ArrayList<>(List.of("--socket", folder + "/*.sock"));
        line.addAll(List.of(words));
        return Ran.words(line.toArray(String[]::new));
    }

    private static List<String> outcomes(Ran ran) {
        return JsonParser.parseString(ran.out()).getAsJsonArray().asList().stream()
            .map(entry -> entry.getAsJsonObject().get("outcome").getAsString()).toList();
    }
}
