package io.lodger.power.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.power.FakeGuest;
import io.lodger.power.builtin.PmUtilsStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the programs end that are run to probe: the kernel's lists of this process's children and descriptors are what they were. */
class ThousandProbesTest {

    private static final String HANGS = "exec sleep 1000";
    private static final String FLOODS = "head -c 10485760 /dev/zero";

    /** How many probes meet with each of these two, and with each of the others. */
    private static final int SLOW = 50;
    private static final int QUICK = 225;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path SELF = Path.of("/proc/self");

    /** Ways to end, and what comes of the probe. */
    private static final Map<String, String> WAYS = Map.of(
            "exit 0", "Optional.empty",
            "exit 1", "Optional[pm-is-supported --suspend says no]",
            "exit 127", "Optional[pm-is-supported ended with status 127]",
            "kill -SEGV $$", "Optional[pm-is-supported was killed by signal 11]",
            HANGS, "pm-is-supported did not end within 0.03 s and was ended",
            FLOODS, "Optional.empty");

    @TempDir
    Path folder;

    @Test
    void leaveNeitherChildNorDescriptorBehind() throws Exception {
        var guest = new FakeGuest(folder).program("pm-suspend", "exit 0");
        for (var way : WAYS.keySet()) {
            // Whatever is opened once and for all is opened now.
            probe(guest.program("pm-is-supported", way), way);
        }
        var children = children();
        var descriptors = descriptors();
        for (var way : WAYS.entrySet()) {
            guest.program("pm-is-supported", way.getKey());
            for (int i = Set.of(HANGS, FLOODS).contains(way.getKey()) ? SLOW : QUICK; i > 0; i--) {
                assertEquals(way.getValue(), probe(guest, way.getKey()), way.getKey());
            }
        }
        // The JVM collects a child, and closes what it had for it, a moment after the end is known.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!(children.equals(children()) && descriptors.equals(descriptors())) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(children, children());
        assertEquals(descriptors, descriptors());
    }

    private String probe(FakeGuest guest, String way) throws InterruptedException {
        var deadline = way.equals(HANGS) ? Duration.ofMillis(30) : Duration.ofSeconds(30);
        try {
            return new PmUtilsStrategy(folder, guest.path(), deadline).obstacle(SuspendTarget.MEM).toString();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static Set<String> children() throws IOException {
        var children = new TreeSet<String>();
        try (var threads = Files.list(SELF.resolve("task"))) {
            for (var thread : threads.toList()) {
                if (Files.exists(thread.resolve("children"))) {
                    children.add(Files.readString(thread.resolve("children")).strip());
                }
            }
        }
        return children;
    }

    /** What is open, by what it is: files that the class loader opens meanwhile are its own. */
    private static Map<String, Long> descriptors() throws IOException {
        try (var open = Files.list(SELF.resolve("fd"))) {
            return open.map(ThousandProbesTest::target).filter(target -> !target.endsWith(".jar") && !target.startsWith("/proc"))
                    .map(target -> target.replaceAll("\\d+", "")).collect(Collectors.groupingBy(target -> target, Collectors.counting()));
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "/proc";
        }
    }
}
