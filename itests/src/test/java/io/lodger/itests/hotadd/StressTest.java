package io.lodger.itests.hotadd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import io.lodger.itests.Host;
import io.lodger.itests.vendor.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Installs, updates and uninstalls while another channel calls the bundle's command without a pause: every call gets its one answer,
 * and a right one. {@code -Dlodger.stress.rounds} says how often; the memory is printed as it goes.
 */
class StressTest {

    private static final int ROUNDS = Integer.getInteger("lodger.stress.rounds", 50);
    private static final int REPORTS = 10;
    private static final long SLACK_KIB = 1024;
    private static final String NAME = "test.fixture";
    private static final String NOT_FOUND =
            "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command test-version has not been found\"}}";
    private static final Set<String> RIGHT = Set.of("{\"return\": \"1.0.0\"}", "{\"return\": \"2.0.0\"}", NOT_FOUND);

    @TempDir
    private Path folder;

    @Test
    void noCallIsLostOrWrongAndNothingIsLeftBehind() throws Exception {
        var versions = new Versions(folder, NAME);
        var second = folder.resolve("second.sock");
        var configuration = Files.writeString(folder.resolve("lodger.conf"),
                "[general]\nrequire-signature=false\n[channel second]\nmethod=unix-listen\npath=" + second + "\n");
        try (var agent = AgentProcess.lodger(folder, "-c", configuration.toString());
                var host = agent.connectWhenReady();
                var other = new Host(second)) {
            var bundles = new BundleHost(host);
            var stop = new AtomicBoolean();
            var caller = CompletableFuture.supplyAsync(() -> callUntil(stop, other));
            var memory = new ArrayList<Memory>();
            for (int round = 1; round <= ROUNDS; round++) {
                assertDone(bundles.take("install", versions.jar("1.0.0")));
                assertEquals("{\"return\": \"1.0.0\"}", host.ask("{'execute': 'test-version'}"));
                if (round == 1) {
                    assertEquals(1, memory(agent).loaders(), "a class loader that is in use is seen");
                }
                assertDone(bundles.take("update", versions.jar("2.0.0")));
                assertEquals("{\"return\": \"2.0.0\"}", host.ask("{'execute': 'test-version'}"));
                assertEquals("{\"return\": {}}", bundles.turn("uninstall", NAME));
                if (round % Math.max(1, ROUNDS / REPORTS) == 0) {
                    memory.add(report(agent, round));
                }
            }
            stop.set(true);
            var answers = caller.get();
            System.out.println("answers to " + answers.values().stream().mapToLong(count -> count).sum() + " calls: " + answers);
            assertTrue(RIGHT.containsAll(answers.keySet()), answers.toString());
            Await.until("the class loaders are collected", () -> memory(agent).loaders() == 0);
            var middle = memory.get(memory.size() / 2);
            var last = memory.get(memory.size() - 1);
            assertTrue(last.heap() < middle.heap() + SLACK_KIB && last.metaspace() < middle.metaspace() + SLACK_KIB,
                    "in the second half the memory is flat: " + memory);
        }
    }

    private static void assertDone(String reply) {
        assertTrue(reply.contains("\"state\": \"active\""), reply);
    }

    /** Calls and counts the answers. */
    private static Map<String, Long> callUntil(AtomicBoolean stop, Host host) {
        var answers = new TreeMap<String, Long>();
        try {
            while (!stop.get()) {
                answers.merge(host.ask("{'execute': 'test-version'}"), 1L, Long::sum);
            }
        } catch (Exception e) {
            answers.put("no answer: " + e, 1L);
        }
        return answers;
    }

    /** What lives in the heap after a full collection and what is used of the metaspace, in KiB, and the bundles' class loaders left. */
    private record Memory(long heap, long metaspace, int loaders) {
    }

    private static Memory report(AgentProcess agent, int round) throws Exception {
        var memory = memory(agent);
        System.out.printf(Locale.ROOT, "round %4d: heap %.1f MiB, metaspace %.1f MiB, PSS %.1f MiB, %d class loaders of bundles%n", round,
                memory.heap / 1024.0, memory.metaspace / 1024.0, agent.memory("Pss") / 1024.0, memory.loaders);
        return memory;
    }

    /** By jcmd(1): a histogram collects before it counts. What is called meanwhile is no part of it, as it is of the heap's use. */
    private static Memory memory(AgentProcess agent) throws Exception {
        var histogram = jcmd(agent, "GC.class_histogram");
        int loaders = histogram.lines().filter(line -> line.contains("BundleWiringImpl$BundleClassLoader"))
                .mapToInt(line -> Integer.parseInt(line.strip().split("\\s+")[1])).findFirst().orElse(0);
        return new Memory(number("(?m)^Total +\\d+ +(\\d+)", histogram) / 1024,
                number("Metaspace.*?used (\\d+)K", jcmd(agent, "GC.heap_info")), loaders);
    }

    private static long number(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return Long.parseLong(matcher.group(1));
    }

    private static String jcmd(AgentProcess agent, String command) throws Exception {
        return Program.jdk("jcmd", String.valueOf(agent.pid()), command);
    }
}
