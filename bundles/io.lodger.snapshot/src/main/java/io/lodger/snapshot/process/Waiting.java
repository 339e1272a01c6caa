package io.lodger.snapshot.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What threads wait for, by /proc: some waits can't be interrupted, so that a thread can't be stopped. */
public final class Waiting {

    /** How long threads may wait in the kernel for a disk, or for a program that is being started, before that is a reason to refuse. */
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final long POLL_NANOS = 5_000_000;
    /** Waits that nothing interrupts, as proc(5) calls them: of disks, vfork(2), and the freezer of control groups. */
    private static final char UNINTERRUPTIBLE = 'D';
    private static final String ENDED = "ZX";
    private static final String FROZEN = "do_freezer_trap";

    private Waiting() {
    }

    /**
     * Waits until all threads of a process can be stopped.
     *
     * @throws IOException when one still can't after three seconds, with what it waits for
     */
    public static void awaitInterruptible(int pid) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (var where = uninterruptible(pid); where.isPresent(); where = uninterruptible(pid)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("process " + pid + " can't be stopped now: " + where.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** A thread that can't be interrupted, and where the kernel lets it wait. */
    public static Optional<String> uninterruptible(int pid) throws IOException {
        try (var tasks = Files.newDirectoryStream(ProcessFacts.folder(pid).resolve("task"))) {
            for (var task : tasks) {
                var where = where(task);
                if (where.isPresent()) {
                    return where;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> where(Path task) {
        try {
            var place = Files.readString(task.resolve("wchan"));
            if (state(task) == UNINTERRUPTIBLE || place.equals(FROZEN)) {
                return Optional.of("its thread " + task.getFileName() + " waits in the kernel, where nothing interrupts it"
                        + (place.equals("0") ? "" : " (" + place + ")")
                        + "; vfork, a frozen control group, or a disk that doesn't answer do that");
            }
        } catch (IOException e) {
            // The thread has ended.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether a thread waits where nothing interrupts it, not just for a processor. */
    public static boolean isUninterruptible(int pid, int tid) {
        return where(ProcessFacts.folder(pid).resolve("task").resolve(Integer.toString(tid))).isPresent();
    }

    /** Whether a thread has ended, or is about to. */
    public static boolean isEnding(int pid, int tid) {
        try {
            return ENDED.indexOf(state(ProcessFacts.folder(pid).resolve("task").resolve(Integer.toString(tid)))) >= 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static char state(Path task) throws IOException {
        return ProcessFacts.stat(task)[0].charAt(0);
    }
}
