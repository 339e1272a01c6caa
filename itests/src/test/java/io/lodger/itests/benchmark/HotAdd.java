package io.lodger.itests.benchmark;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.Host;
import io.lodger.itests.hotadd.Versions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** From the request to install or update a bundle to the first answer of its command, and the longest gap between two pings meanwhile. */
final class HotAdd {

    private static final int ROUNDS = 20;
    private static final int WARM_UP = 3;
    private static final String ASK = "{'execute': 'test-version'}";

    private HotAdd() {
    }

    static void run(Path folder) throws Exception {
        var versions = new Versions(Files.createDirectories(folder.resolve("hotadd")), "test.fixture");
        var second = folder.resolve("hotadd/second.sock");
        var configuration = Files.writeString(folder.resolve("hotadd/lodger.conf"),
                "[general]\nrequire-signature=false\n[channel second]\nmethod=unix-listen\npath=" + second + "\n");
        double[] installed = new double[ROUNDS];
        double[] updated = new double[ROUNDS];
        try (var agent = AgentProcess.lodger(folder.resolve("hotadd"), "-c", configuration.toString());
                var host = agent.connectWhenReady();
                var other = new Host(second)) {
            var stop = new AtomicBoolean();
            var pinging = CompletableFuture.supplyAsync(() -> longestGap(stop, other));
            double first = 0;
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                double install = untilAnswer(host, "install", versions.jar("1.0.0"));
                double update = untilAnswer(host, "update", versions.jar("2.0.0"));
                host.ask("{'execute': 'lodger-bundle-uninstall', 'arguments': {'symbolic-name': 'test.fixture'}}");
                if (i == -WARM_UP) {
                    first = install;
                } else if (i >= 0) {
                    installed[i] = install;
                    updated[i] = update;
                }
            }
            stop.set(true);
            System.out.printf(Locale.ROOT, "%ninstall to first answer of the new command: %.1f ms the first time, "
                    + "then %.1f ms (median of %d)%n"
                    + "update to first answer of the new version: %.1f ms%nlongest gap between two answers to pings meanwhile: %.1f ms%n",
                    first, Table.median(installed), ROUNDS, Table.median(updated), pinging.get());
        }
    }

    /** Both requests are sent at once: the second is answered by what the first has brought. */
    private static double untilAnswer(Host host, String verb, Path jar) throws Exception {
        long start = System.nanoTime();
        host.send("{'execute': 'lodger-bundle-" + verb + "', 'arguments': {'path': '" + jar + "'}}" + ASK);
        var reply = host.line();
        var answer = host.line();
        double taken = (System.nanoTime() - start) / 1e6;
        if (!answer.startsWith("{\"return\": ")) {
            throw new IllegalStateException(reply + " " + answer);
        }
        return taken;
    }

    private static double longestGap(AtomicBoolean stop, Host host) {
        try {
            long longest = 0;
            for (long last = System.nanoTime(); !stop.get();) {
                host.ask("{'execute': 'guest-ping'}");
                long now = System.nanoTime();
                longest = Math.max(longest, now - last);
                last = now;
            }
            return longest / 1e6;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
