package io.lodger.snapshot;

import io.lodger.save.engine.SaveSession;
import io.lodger.snapshot.capture.Stage;
import io.lodger.snapshot.capture.StopFailure;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.process.ProcessFacts;
import io.lodger.snapshot.process.Target;
import io.lodger.snapshot.process.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Takes a snapshot, again when a thread could not be stopped in time. Each attempt has a platform thread of its own, for only the end of
 * the tracing thread lets go of a thread that doesn't stop.
 */
final class Attempts {

    private static final int ATTEMPTS = 3;

    private final Machine machine;
    private final SaveSession session;
    private final Consumer<Stage> stages;

    Attempts(Machine machine, SaveSession session, Consumer<Stage> stages) {
        this.machine = machine;
        this.session = session;
        this.stages = stages;
    }

    /** Finds out what this machine and this process's rights allow, while everything is loaded and tried. */
    static Rehearsal.Findings rehearse(Machine machine) throws Exception {
        try (var rehearsal = new Rehearsal(machine)) {
            return onThreadOfItsOwn(rehearsal::run);
        }
    }

    /** Waits for a good moment, and takes it. */
    Map<String, String> save(int pid, Options options, Rehearsal.Findings findings) throws Exception {
        Waiting.awaitInterruptible(pid);
        checkSeccomp(pid, findings.suspendsSeccomp());
        var target = Target.of(pid, machine);
        session.suspend();
        for (int attempt = 1;; attempt++) {
            var snapshot = new Snapshot(machine, session, findings.vectorsLength(), findings.suspendsSeccomp(), stages);
            try {
                return onThreadOfItsOwn(() -> snapshot.take(target, options));
            } catch (StopFailure e) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(e.getMessage() + Waiting.uninterruptible(pid).map(where -> ": " + where).orElse(""), e);
                }
            }
            Waiting.awaitInterruptible(pid);
        }
    }

    private static void checkSeccomp(int pid, boolean suspended) throws IOException {
        if (!suspended) {
            try (var tasks = Files.newDirectoryStream(ProcessFacts.folder(pid).resolve("task"))) {
                for (var task : tasks) {
                    if (!ProcessFacts.status(task).getOrDefault("Seccomp", "0").equals("0")) {
                        throw new IOException("process " + pid + " has a seccomp filter, which only a helper with CAP_SYS_ADMIN can set"
                                + " aside while the process is copied");
                    }
                }
            }
        }
    }

    /** Does something on a new platform thread, and waits until it has ended, also when this thread is interrupted. */
    private static <T> T onThreadOfItsOwn(Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        var thread = new Thread(task, "lodger-fork");
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            throw new InterruptedException("saving was cancelled");
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
