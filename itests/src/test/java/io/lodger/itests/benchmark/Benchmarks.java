package io.lodger.itests.benchmark;

import io.lodger.itests.AgentProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.openjdk.jmh.Main;

/**
 * Measures Lodger beside the real qemu-ga in one run: the two in turn, several times, medians and the median of the ratios.
 *
 * <p>Arguments choose benchmarks by name: {@code start}, {@code memory}, {@code channel}, {@code interfaces}, {@code save},
 * {@code snapshot}, {@code answers}, {@code hotadd}, {@code guest}, {@code jmh}; none means all.
 */
public final class Benchmarks {

    private Benchmarks() {
    }

    public static void main(String... names) throws Exception {
        var chosen = List.of(names);
        var folder = Files.createTempDirectory("lodger-bench");
        if (AgentProcess.qemuGaPath().isEmpty()) {
            throw new IllegalStateException("qemu-ga is needed as the peer: install the Debian package qemu-guest-agent");
        }
        System.out.println(LocalDate.now() + ", " + machine() + ", Java " + System.getProperty("java.version") + "\n");
        Table.head();
        if (isChosen("start", chosen)) {
            Start.run(folder);
        }
        if (isChosen("memory", chosen)) {
            Memory.run(folder);
        }
        if (isChosen("channel", chosen)) {
            ChannelSpeed.run(folder);
        }
        if (isChosen("interfaces", chosen)) {
            Interfaces.run(folder);
        }
        if (isChosen("save", chosen)) {
            SaveHelperStart.run(folder);
        }
        if (isChosen("snapshot", chosen)) {
            SnapshotPause.run(folder);
        }
        if (isChosen("answers", chosen)) {
            SnapshotAnswers.run(folder);
        }
        if (isChosen("hotadd", chosen)) {
            HotAdd.run(folder);
        }
        if (isChosen("guest", chosen)) {
            GuestBoot.run();
        }
        if (isChosen("jmh", chosen)) {
            System.out.println();
            Main.main(new String[] {"io.lodger.itests.benchmark.Framing.*|io.lodger.itests.benchmark.Binding.*"});
        }
    }

    private static boolean isChosen(String name, List<String> chosen) {
        return chosen.isEmpty() || chosen.contains(name);
    }

    private static String machine() throws Exception {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            var model = lines.filter(line -> line.startsWith("model name")).findFirst().map(line -> line.split(":")[1].strip());
            return Runtime.getRuntime().availableProcessors() + " x " + model.orElse(System.getProperty("os.arch")) + ", Linux "
                    + System.getProperty("os.version").split("-")[0];
        }
    }
}
