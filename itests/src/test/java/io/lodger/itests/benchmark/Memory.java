package io.lodger.itests.benchmark;

import io.lodger.itests.AgentProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What an idle agent occupies, all of its bundles up. */
final class Memory {

    private static final int ROUNDS = 5;
    private static final Duration IDLE = Duration.ofSeconds(3);

    private Memory() {
    }

    static void run(Path folder) throws Exception {
        double[][] figures = new double[4][ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            try (var qemu = AgentProcess.qemuGa(List.of(), folder.resolve("qemu"));
                    var lodger = AgentProcess.lodger(folder.resolve("lodger"));
                    var qemuHost = qemu.connect();
                    var lodgerHost = lodger.connectWhenReady()) {
                qemuHost.ask("{'execute': 'guest-network-get-interfaces'}");
                lodgerHost.ask("{'execute': 'guest-network-get-interfaces'}");
                LockSupport.parkNanos(IDLE.toNanos());
                figures[0][i] = qemu.memory("Pss") / 1024.0;
                figures[1][i] = lodger.memory("Pss") / 1024.0;
                figures[2][i] = qemu.memory("Rss") / 1024.0;
                figures[3][i] = lodger.memory("Rss") / 1024.0;
            }
        }
        Table.row("PSS, idle", "MiB", "qemu-ga", figures[0], figures[1]);
        Table.row("RSS, idle", "MiB", "qemu-ga", figures[2], figures[3]);
    }
}
