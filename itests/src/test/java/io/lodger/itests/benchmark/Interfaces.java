package io.lodger.itests.benchmark;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.Host;
import io.lodger.itests.NetworkNamespace;
import java.nio.file.Path;

/** Listing many interfaces, each with six addresses, in a network namespace. */
final class Interfaces {

    private static final String ASK = "{'execute': 'guest-network-get-interfaces'}";

    private Interfaces() {
    }

    static void run(Path folder) throws Exception {
        measure(folder, 10, 9);
        measure(folder, 100, 9);
        measure(folder, 1000, 9);
        measure(folder, 4000, 3);
    }

    private static void measure(Path folder, int interfaces, int rounds) throws Exception {
        try (var namespace = new NetworkNamespace()) {
            namespace.addPairs(interfaces / 2);
            try (var qemu = AgentProcess.qemuGa(namespace.starter(), folder.resolve("qemu"));
                    var lodger = AgentProcess.lodgerBy(namespace.starter(), folder.resolve("lodger"));
                    var qemuHost = qemu.connect();
                    var lodgerHost = lodger.connectWhenReady()) {
                lodgerHost.ask(ASK);
                double[] ofQemu = new double[rounds];
                double[] ofLodger = new double[rounds];
                for (int i = 0; i < rounds; i++) {
                    ofQemu[i] = time(qemuHost);
                    ofLodger[i] = time(lodgerHost);
                }
                Table.row(interfaces + " interfaces", "ms", "qemu-ga", ofQemu, ofLodger);
            }
        }
    }

    private static double time(Host host) throws Exception {
        long start = System.nanoTime();
        host.ask(ASK);
        return (System.nanoTime() - start) / 1e6;
    }
}
