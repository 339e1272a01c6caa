package io.lodger.itests.benchmark;

import com.google.gson.JsonParser;
import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import io.lodger.itests.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How soon the agent answers while it has a process of 4 GB snapshotted, beside how soon it does when it has nothing else to do. */
final class SnapshotAnswers {

    private static final int SIZE = 4096;
    private static final int ROUNDS = 3;
    private static final int WARM_UP = 20_000;
    /** After so many pings it is asked whether the snapshot goes on. */
    private static final int BATCH = 500;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final Host host;
    private final Path image;
    private final String target;

    private SnapshotAnswers(Host host, Path image, String target) {
        this.host = host;
        this.image = image;
        this.target = target;
    }

    static void run(Path folder) throws Exception {
        var process = new ProcessBuilder(program(folder).toString(), Integer.toString(SIZE)).start();
        // In memory, so that it is as fast as it can be, and takes as much from others as it can.
        var images = Files.createTempDirectory(Path.of("/dev/shm"), "lodger");
        try (var agent = AgentProcess.lodger(folder.resolve("answers")); var host = agent.connectWhenReady()) {
            process.getInputStream().read();
            var benchmark = new SnapshotAnswers(host, images.resolve("image"), Long.toString(process.pid()));
            benchmark.pings(WARM_UP);
            for (var compression : List.of("none", "zstd")) {
                benchmark.measure(compression);
            }
        } finally {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(images.resolve("image"));
            Files.delete(images);
        }
    }

    private static Path program(Path folder) throws Exception {
        var source = folder.resolve("holds.c");
        try (var resource = SnapshotAnswers.class.getResourceAsStream("/snapshot/holds.c")) {
            Files.write(source, resource.readAllBytes());
        }
        Await.success(new ProcessBuilder("gcc", "-O2", "-o", folder.resolve("holds").toString(), source.toString()));
        return folder.resolve("holds");
    }

    private void measure(String compression) throws IOException {
        double[][] p50 = new double[2][ROUNDS];
        double[][] p99 = new double[2][ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long[] quiet = quiet();
            long[] busy = whileSnapshotted(compression);
            p50[0][i] = Table.percentile(quiet, 50) / 1e3;
            p99[0][i] = Table.percentile(quiet, 99) / 1e3;
            p50[1][i] = Table.percentile(busy, 50) / 1e3;
            p99[1][i] = Table.percentile(busy, 99) / 1e3;
        }
        var during = " while 4 GB are snapshotted, compression " + compression;
        Table.row("ping, p50," + during, "us", "no snapshot", p50[0], p50[1]);
        Table.row("ping, p99," + during, "us", "no snapshot", p99[0], p99[1]);
    }

    private long[] quiet() throws IOException {
        long[] times = {};
        for (long start = System.nanoTime(); System.nanoTime() - start < QUIET_NANOS;) {
            times = joined(times, pings(BATCH));
        }
        return times;
    }

    private long[] whileSnapshotted(String compression) throws IOException {
        var started = host.ask("{'execute': 'lodger-save', 'arguments': {'engine': 'fork', 'target': '" + target + "', 'path': '" + image
                + "', 'compression': '" + compression + "'}}");
        var job = JsonParser.parseString(started).getAsJsonObject().getAsJsonObject("return").get("job").getAsString();
        long[] times = {};
        while (true) {
            long[] more = pings(BATCH);
            var state = host.ask("{'execute': 'lodger-job-status', 'arguments': {'job': '" + job + "'}}");
            if (!state.contains("\"state\": \"running\"")) {
                if (!state.contains("\"state\": \"succeeded\"")) {
                    throw new IOException("no snapshot: " + state);
                }
                Files.delete(image);
                return times;
            }
            // Those of the last batch may have been sent after the end.
            times = joined(times, more);
        }
    }

    private static long[] joined(long[] first, long[] second) {
        long[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private long[] pings(int count) throws IOException {
        return ChannelSpeed.ping(host, count);
    }
}
