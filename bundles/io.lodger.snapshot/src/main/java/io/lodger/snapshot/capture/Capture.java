package io.lodger.snapshot.capture;

import io.lodger.posix.DirectMemory;
import io.lodger.posix.ErrnoException;
import io.lodger.posix.ProcessMemory;
import io.lodger.posix.Ptrace;
import io.lodger.posix.Scheduling;
import io.lodger.posix.Signals;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.process.Target;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The moment itself: stops the target, takes its registers and a copy of its memory, and lets it run on. Everything that can be done
 * before is done in the constructor, while the target runs. Belongs to one platform thread, which must live as long as the copy.
 */
public final class Capture implements AutoCloseable {

    /** How long the last thread may take to stop. */
    private static final long STOP_LIMIT_NANOS = 100_000_000;
    private static final int THIS_THREAD = 0;
    private static final int PRIORITY = 2;

    private final int pid;
    private final Machine machine;
    private final Consumer<Stage> stages;
    private final Ptrace ptrace = new Ptrace();
    private final Scheduling scheduling = new Scheduling();
    private final ProcessMemory memory;
    private final Threads threads;
    private final FrameArea area;
    private final Injection injection;
    private final Target target;
    private final int options;
    private Copy copy;
    private long pauseNanos;

    /**
     * Prepares everything; touches nothing.
     *
     * @param vectorsCapacity how many bytes a thread's vector registers have at most
     * @param options the options of ptrace(2) for what is made in the target
     * @param stages is told of each step, in the middle of it
     */
    public Capture(Target target, Machine machine, int vectorsCapacity, int options, Consumer<Stage> stages) throws IOException {
        this.target = target;
        this.pid = target.facts().pid();
        this.machine = machine;
        this.stages = stages;
        this.options = options;
        this.memory = new ProcessMemory(pid);
        this.threads = new Threads(pid, machine, ptrace, vectorsCapacity);
        this.area = new FrameArea(pid, target.stack(), target.code(), memory, machine, vectorsCapacity);
        this.injection = new Injection(threads, machine, ptrace, area, target.code(), options, stages);
    }

    /**
     * Takes it. When this fails the calling thread must end, for it may hold threads that could not be stopped.
     *
     * @throws StopFailure when a thread didn't stop in time; another attempt may work
     * @throws IOException when the process ended, or could not be made to fork
     */
    public void take() throws IOException {
        int policy = scheduling.policy(THIS_THREAD);
        int priority = scheduling.priority(THIS_THREAD);
        scheduling.set(THIS_THREAD, Scheduling.FIFO, PRIORITY);
        try {
            takeNow();
        } catch (ErrnoException e) {
            if (e.errno() == ErrnoException.ESRCH || e.errno() == ErrnoException.ECHILD) {
                throw new IOException("process " + pid + " ended while its image was taken", e);
            }
            throw e;
        } finally {
            scheduling.set(THIS_THREAD, policy, priority);
        }
        copy.prepare(machine, target.code(), area.ending(), DirectMemory.allocate(machine.registersSize()), options);
        stages.accept(Stage.CLOSED);
    }

    private void takeNow() throws IOException {
        threads.seize();
        stages.accept(Stage.SEIZED);
        try {
            threads.stop(STOP_LIMIT_NANOS);
            stages.accept(Stage.STOPPED);
            copy = injection.fork(memory);
        } finally {
            threads.release();
            pauseNanos = System.nanoTime() - threads.firstInterrupt();
            if (injection.heldBack() != 0) {
                Signals.kill(pid, injection.heldBack());
            }
            stages.accept(Stage.RELEASED);
        }
    }

    /** The threads with their registers. */
    public Threads threads() {
        return threads;
    }

    /** The copy; null before it is taken. */
    public Copy copy() {
        return copy;
    }

    /** From the first thread's being asked to stop to the last one's running on. */
    public long pauseNanos() {
        return pauseNanos;
    }

    /** Ends the copy. */
    @Override
    public void close() throws IOException {
        threads.close();
        area.close();
        if (copy != null) {
            copy.close();
        }
    }
}
