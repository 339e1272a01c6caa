package io.lodger.itests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same bytes for the real qemu-ga and for Lodger: their answers agree, or differ for a reason that is written down. */
class DifferentialTest {

    private static final int CASES = Integer.getInteger("lodger.differential.cases", 20_000);
    private static final long SEED = Long.getLong("lodger.differential.seed", 20_240_601);
    private static final int SHOWN = 10;

    @Test
    void answersAsQemuGaDoesOrForAWrittenReasonOtherwise(@TempDir Path folder) throws Exception {
        assumeTrue(AgentProcess.qemuGaPath().isPresent(), "qemu-ga is not installed (Debian package qemu-guest-agent)");
        var reasons = new TreeMap<String, Integer>();
        var divergences = new ArrayList<String>();
        try (var qemu = AgentProcess.qemuGa(List.of(), folder.resolve("qemu"));
                var lodger = AgentProcess.lodger(folder.resolve("lodger"));
                var qemuHost = qemu.connect();
                var lodgerHost = lodger.connectWhenReady()) {
            var generator = new RequestGenerator(SEED);
            for (int i = 0; i < CASES; i++) {
                var request = generator.next();
                var pieces = generator.split(request);
                var expected = answers(qemuHost, pieces, i);
                var actual = answers(lodgerHost, pieces, i);
                var comparison = Comparison.of(request, expected, actual);
                comparison.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
                if (!comparison.agree()) {
                    divergences.add(String.join("\n", "case " + i + ": " + new String(request, StandardCharsets.ISO_8859_1),
                            "  qemu-ga: " + expected, "  Lodger:  " + actual));
                }
            }
        }
        System.out.println("Differential: " + CASES + " generated inputs, " + divergences.size() + " divergences without a reason");
        reasons.forEach((reason, count) -> System.out.println("  on purpose, " + count + " times: " + reason));
        divergences.stream().limit(SHOWN).forEach(System.out::println);
        assertEquals(0, divergences.size(), "divergences without a written reason");
    }

    /** What an agent answers to the pieces, up to the sentinel that is sent after them. */
    private static List<String> answers(Host host, List<byte[]> pieces, int sentinel) throws IOException {
        for (var piece : pieces) {
            host.send(piece);
        }
        // 0xFF ends whatever the case left unfinished.
        long id = 7_000_000_000L + sentinel;
        host.send("\u00ff{\"execute\": \"guest-sync-delimited\", \"arguments\": {\"id\": " + id + "}}\n");
        var lines = new ArrayList<String>();
        var end = "\u00ff{\"return\": " + id + "}";
        for (var line = host.line(); !line.equals(end); line = host.line()) {
            lines.add(line);
        }
        return lines;
    }
}
