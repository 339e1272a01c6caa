package io.lodger.snapshot.capture;

import io.lodger.posix.ErrnoException;
import io.lodger.posix.Ptrace;
import io.lodger.posix.WaitStatus;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.process.Waiting;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * All threads of the target: seizes and stops them, also those that are born meanwhile, holds their registers, and lets them go. Belongs
 * to one platform thread; when that one ends, the kernel lets all of them go.
 */
public final class Threads implements AutoCloseable {

    /** Room for threads that are born while the others are being stopped. */
    private static final int SPARE = 64;
    private static final long PAUSE_NANOS = 10_000;
    /** How much longer a thread may take that only waits for its turn on a processor. */
    private static final long BUSY_MACHINE_NANOS = 5_000_000_000L;

    private final int pid;
    private final Ptrace ptrace;
    private final SeizedThreads seized;
    private final ThreadRegisters registers;
    private boolean[] stopped;
    private long firstInterrupt;

    /**
     * Makes room for the registers; touches nothing.
     *
     * @param vectorsCapacity how many bytes a thread's vector registers have at most
     */
    Threads(int pid, Machine machine, Ptrace ptrace, int vectorsCapacity) throws IOException {
        this.pid = pid;
        this.ptrace = ptrace;
        this.registers = new ThreadRegisters(machine, ptrace, vectorsCapacity);
        this.seized = new SeizedThreads(pid, ptrace);
        int room = seized.listed() * 5 / 4 + SPARE;
        stopped = new boolean[room];
        registers.makeRoom(room);
    }

    /** Seizes all threads that aren't yet; this stops none. Returns how many are new. */
    int seize() throws IOException {
        int before = seized.count();
        seized.addNew();
        if (seized.count() > stopped.length) {
            makeRoom();
        }
        return seized.count() - before;
    }

    private void makeRoom() {
        int room = seized.count() * 5 / 4 + SPARE;
        stopped = Arrays.copyOf(stopped, room);
        registers.makeRoom(room);
    }

    /**
     * Stops all threads and reads their registers.
     *
     * @param limitNanos how long the last of them may take
     * @throws StopFailure when it takes longer, or the process has ended; only ending the calling thread lets all of them go then
     */
    void stop(long limitNanos) throws IOException {
        firstInterrupt = System.nanoTime();
        int asked = 0;
        do {
            for (; asked < seized.count(); asked++) {
                interrupt(asked);
            }
            awaitAll(firstInterrupt + limitNanos);
            asked = seized.count();
        } while (seize() > 0);
        if (seized.count() == 0 || seized.tid(0) != pid) {
            throw new IOException("process " + pid + " has ended");
        }
    }

    private void interrupt(int thread) throws IOException {
        try {
            ptrace.interrupt(seized.tid(thread));
        } catch (ErrnoException e) {
            if (e.errno() != ErrnoException.ESRCH) {
                throw e;
            }
        }
    }

    private void awaitAll(long deadline) throws IOException {
        while (true) {
            int running = 0;
            for (int i = 0; i < seized.count(); i++) {
                if (!stopped[i] && !isNowStopped(i)) {
                    running++;
                }
            }
            if (running == 0) {
                return;
            }
            if (System.nanoTime() > deadline) {
                int tid = seized.tid(firstRunning());
                if (Waiting.isUninterruptible(pid, tid) || System.nanoTime() > deadline + BUSY_MACHINE_NANOS) {
                    throw new StopFailure(pid, tid);
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private int firstRunning() {
        int thread = 0;
        while (stopped[thread]) {
            thread++;
        }
        return thread;
    }

    /** A thread that a signal is about to reach gets it before it is stopped. One that has ended counts as stopped, and is forgotten. */
    private boolean isNowStopped(int thread) throws IOException {
        int status = ptrace.poll(seized.tid(thread));
        if (WaitStatus.hasEnded(status)) {
            if (seized.tid(thread) == pid) {
                throw new IOException("process " + pid + " has ended");
            }
            forget(thread);
            return thread >= seized.count() || stopped[thread] || isNowStopped(thread);
        }
        if (WaitStatus.isStopped(status) && WaitStatus.event(status) == Ptrace.EVENT_STOP) {
            stopped[thread] = true;
            registers.read(thread, seized.tid(thread));
        } else if (WaitStatus.isStopped(status)) {
            ptrace.resume(seized.tid(thread), WaitStatus.event(status) == 0 ? WaitStatus.signal(status) : 0);
            ptrace.interrupt(seized.tid(thread));
        }
        return stopped[thread];
    }

    private void forget(int thread) {
        seized.remove(thread);
        int after = seized.count() - thread;
        System.arraycopy(stopped, thread + 1, stopped, thread, after);
        stopped[seized.count()] = false;
        registers.remove(thread, after);
    }

    /** Lets all threads run on. */
    void release() {
        for (int i = 0; i < seized.count(); i++) {
            if (stopped[i]) {
                stopped[i] = false;
                try {
                    ptrace.detach(seized.tid(i), 0);
                } catch (ErrnoException e) {
                    // It was killed meanwhile: nobody is left to be let go.
                    continue;
                }
            }
        }
    }

    /** How many there are. */
    public int count() {
        return seized.count();
    }

    /** A thread's id; the first one is the process's first thread. */
    public int tid(int thread) {
        return seized.tid(thread);
    }

    /** Gives a thread its own registers back. */
    void restore(int thread) throws IOException {
        registers.restore(thread, seized.tid(thread));
    }

    /** Their registers, of which the first are the process's first thread's. */
    public ThreadRegisters registers() {
        return registers;
    }

    /** When the first of them was asked to stop, by System.nanoTime. */
    long firstInterrupt() {
        return firstInterrupt;
    }

    @Override
    public void close() {
        seized.close();
    }
}
