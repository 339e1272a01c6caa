package io.lodger.itests.benchmark;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Pings one after the other, pings without waiting, and a request of 30 MiB. */
final class ChannelSpeed {

    private static final int ROUNDS = 9;
    private static final int WARM_UP = 20_000;
    private static final int PINGS = 5_000;
    private static final int PIPELINED = 20_000;
    private static final int BURST = 200;
    private static final int LARGE = 30 << 20;

    private static final byte[] PING = "{\"execute\": \"guest-ping\"}\n".getBytes(StandardCharsets.US_ASCII);

    private ChannelSpeed() {
    }

    static void run(Path folder) throws Exception {
        try (var qemu = AgentProcess.qemuGa(List.of(), folder.resolve("qemu"));
                var lodger = AgentProcess.lodger(folder.resolve("lodger"));
                var qemuHost = qemu.connect();
                var lodgerHost = lodger.connectWhenReady()) {
            ping(qemuHost, WARM_UP);
            ping(lodgerHost, WARM_UP);
            double[][] p50 = new double[2][ROUNDS];
            double[][] p99 = new double[2][ROUNDS];
            double[][] rate = new double[2][ROUNDS];
            double[][] large = new double[2][ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                var hosts = List.of(qemuHost, lodgerHost);
                for (int who = 0; who < 2; who++) {
                    long[] pings = ping(hosts.get(who), PINGS);
                    p50[who][i] = Table.percentile(pings, 50) / 1e3;
                    p99[who][i] = Table.percentile(pings, 99) / 1e3;
                    rate[who][i] = pipelined(hosts.get(who));
                    large[who][i] = large(hosts.get(who));
                }
            }
            Table.row("ping, p50", "us", "qemu-ga", p50[0], p50[1]);
            Table.row("ping, p99", "us", "qemu-ga", p99[0], p99[1]);
            Table.row("pipelined pings", "1/s", "qemu-ga", rate[0], rate[1]);
            Table.row("a request of 30 MiB", "ms", "qemu-ga", large[0], large[1]);
        }
    }

    static long[] ping(Host host, int count) throws IOException {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            host.send(PING).line();
            times[i] = System.nanoTime() - start;
        }
        return times;
    }

    private static double pipelined(Host host) throws IOException {
        var burst = "{\"execute\": \"guest-ping\"}\n".repeat(BURST).getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        for (int sent = 0; sent < PIPELINED; sent += BURST) {
            host.send(burst);
            for (int i = 0; i < BURST; i++) {
                host.line();
            }
        }
        return PIPELINED / ((System.nanoTime() - start) / 1e9);
    }

    private static double large(Host host) throws IOException {
        var request = ("{\"execute\": \"guest-ping\", \"arguments\": {\"buf-b64\": \"" + "QUJD".repeat(LARGE / 4) + "\"}}\n")
                .getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        host.send(request).line();
        return (System.nanoTime() - start) / 1e6;
    }
}
