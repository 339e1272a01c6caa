package io.lodger.itests.benchmark;

import io.lodger.itests.guest.GuestAgent;
import io.lodger.itests.guest.GuestLab;
import io.lodger.itests.guest.GuestMachine;
import io.lodger.itests.guest.Image;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.opentest4j.TestAbortedException;

/**
 * What an agent costs the boot of a guest: the tiny image, with qemu-ga and with Lodger as an image's builder installs it, with an archive
 * made for the guest's Java. Processor time is asked for when the answer is there, so that it holds a moment more.
 */
final class GuestBoot {

    private static final int ROUNDS = 3;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration ARCHIVE = Duration.ofMinutes(5);

    private GuestBoot() {
    }

    static void run() throws Exception {
        try (var lab = new GuestLab();
                var qemuGa = lab.boot(Image.TINY, GuestAgent.QEMU_GA);
                var lodger = lab.boot(Image.TINY, GuestAgent.LODGER)) {
            lodger.control().run("cp -r /payload/lodger /opt && /opt/lodger/libexec/make-archive", ARCHIVE).text();
            double[][] answer = new double[2][ROUNDS];
            double[][] untilAnswer = new double[2][ROUNDS];
            double[][] complete = new double[2][ROUNDS];
            double[][] untilComplete = new double[2][ROUNDS];
            var machines = new GuestMachine[] {qemuGa, lodger};
            for (int i = 0; i < ROUNDS; i++) {
                for (int who = 0; who < 2; who++) {
                    // One machine at a time: the other one's end is the first thing of a round.
                    machines[1 - who].end();
                    long start = System.nanoTime();
                    machines[who].startAgain();
                    machines[who].agentPort().awaitOpen();
                    try (var host = machines[who].connect()) {
                        host.call("guest-ping");
                        answer[who][i] = (System.nanoTime() - start) / 1e9;
                        untilAnswer[who][i] = processorSeconds(machines[who]);
                        host.call("guest-info");
                        complete[who][i] = (System.nanoTime() - start) / 1e9;
                        untilComplete[who][i] = processorSeconds(machines[who]);
                    }
                }
            }
            Table.row("guest start to first answer", "s", "qemu-ga", answer[0], answer[1]);
            Table.row("the agent's processor time until then", "s", "qemu-ga", untilAnswer[0], untilAnswer[1]);
            Table.row("guest start to answer of guest-info", "s", "qemu-ga", complete[0], complete[1]);
            Table.row("the agent's processor time until then", "s", "qemu-ga", untilComplete[0], untilComplete[1]);
            qemuGa.restart();
            LockSupport.parkNanos(IDLE.toNanos());
            Table.row("PSS in the guest after a minute idle", "MiB", "qemu-ga", new double[] {mebibytes(qemuGa)},
                    new double[] {mebibytes(lodger)});
        } catch (TestAbortedException e) {
            System.out.println("\n" + e.getMessage());
        }
    }

    private static double processorSeconds(GuestMachine machine) throws IOException {
        return machine.agentProcessorTime().toMillis() / 1e3;
    }

    private static double mebibytes(GuestMachine machine) throws IOException {
        return Long.parseLong(machine.control().run("awk '$1 == \"Pss:\" { print $2 }' /proc/" + machine.agentPid() + "/smaps_rollup")
                .text()) / 1024.0;
    }
}
