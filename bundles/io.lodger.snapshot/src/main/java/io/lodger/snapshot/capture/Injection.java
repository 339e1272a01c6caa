package io.lodger.snapshot.capture;

import io.lodger.posix.DirectMemory;
import io.lodger.posix.ErrnoException;
import io.lodger.posix.ProcessMemory;
import io.lodger.posix.Ptrace;
import io.lodger.posix.Scheduling;
import io.lodger.posix.WaitStatus;
import io.lodger.snapshot.machine.BorrowedCode;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.machine.Stacks;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Lets the stopped target fork, in three steps. One of its threads makes a new thread W and gets its registers back. W makes a process A
 * that shares all memory. A makes the copy, by a fork that the target's own threads know nothing of, and ends; W waits for A, so that no
 * zombie stays, and ends as well. A's exit signal is 0, and the copy's parent is dead: no signal ever reaches the target.
 *
 * <p>All of them stand on stacks from {@link Stacks#layOut}. Whoever is let go at any instruction, because the tracer was killed, goes
 * back to where it was, or ends: nothing here relies on the tracer's coming back.
 */
final class Injection {

    private static final long CLONE_VM = 0x100;
    private static final long CLONE_FS = 0x200;
    private static final long CLONE_FILES = 0x400;
    private static final long CLONE_SIGHAND = 0x800;
    private static final long CLONE_THREAD = 0x10000;
    private static final long CLONE_PARENT_SETTID = 0x100000;
    private static final long NEW_THREAD = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
    private static final long NEW_PROCESS = CLONE_VM | CLONE_FILES | CLONE_PARENT_SETTID;
    private static final int NOBODY = 0;
    private static final int PRIORITY = 1;

    private final Threads threads;
    private final Machine machine;
    private final Ptrace ptrace;
    private final Stops stops;
    private final Scheduling scheduling;
    private final FrameArea area;
    private final BorrowedCode code;
    private final int options;
    private final Consumer<Stage> stages;
    private final DirectMemory work;
    private int waiter = NOBODY;
    private int middle = NOBODY;
    private int copy = NOBODY;

    /**
     * Prepares; touches nothing.
     *
     * @param options the options of ptrace(2) that every new process is to have
     */
    Injection(Threads threads, Machine machine, Ptrace ptrace, FrameArea area, BorrowedCode code, int options, Consumer<Stage> stages) {
        this.threads = threads;
        this.machine = machine;
        this.ptrace = ptrace;
        this.stops = new Stops(threads, ptrace);
        this.area = area;
        this.code = code;
        this.options = options | Ptrace.O_TRACECLONE | Ptrace.O_TRACESYSGOOD;
        this.stages = stages;
        this.scheduling = new Scheduling();
        this.work = DirectMemory.allocate(machine.registersSize());
    }

    /** Makes the copy. */
    Copy fork(ProcessMemory memory) throws IOException {
        int thread = CallingThread.choose(threads, machine, ptrace, memory);
        try {
            area.layOut(memory, threads, thread, machine, code);
            stages.accept(Stage.LAID_OUT);
            waiter = threadMadeBy(thread);
            stops.awaitStop(waiter);
            scheduling.set(waiter, Scheduling.FIFO, PRIORITY);
            set(waiter, NEW_PROCESS, area.waiting(), area.ending(), area.waitedFor());
            middle = cloned(waiter);
            stops.interruptInCall(waiter);
            stages.accept(Stage.PROCESS_MADE);
            stops.awaitStop(middle);
            scheduling.set(middle, Scheduling.FIFO | Scheduling.RESET_ON_FORK, PRIORITY);
            set(middle, CLONE_FILES, area.ending(), 0, 0);
            copy = cloned(middle);
            stages.accept(Stage.COPIED);
            return new Copy(copy, ptrace);
        } finally {
            leave(memory);
        }
    }

    private int threadMadeBy(int thread) throws IOException {
        int tid = threads.tid(thread);
        ptrace.setOptions(tid, options);
        try {
            work.bytes().put(0, threads.registers().memory().bytes(), threads.registers().offset(thread), machine.registersSize());
            machine.clone(work.bytes(), 0, code, area.returning(), NEW_THREAD, area.waiting(), 0);
            ptrace.writeRegisters(tid, Machine.REGISTERS_TYPE, work, 0, machine.registersSize());
            stages.accept(Stage.CALL_SET);
            ptrace.setSignalMask(tid, -1);
            stages.accept(Stage.SIGNALS_BLOCKED);
            int made = cloned(tid);
            stops.interruptInCall(tid);
            stages.accept(Stage.THREAD_MADE);
            return made;
        } finally {
            ptrace.setSignalMask(tid, threads.registers().mask(thread));
            threads.restore(thread);
            ptrace.setOptions(tid, 0);
            stages.accept(Stage.RESTORED);
        }
    }

    /** Sets a new thread's or process's registers upon the next clone. */
    private void set(int tid, long flags, long stack, long childStack, long parentTid) throws IOException {
        ptrace.readRegisters(tid, Machine.REGISTERS_TYPE, work, 0, machine.registersSize());
        machine.clone(work.bytes(), 0, code, stack, flags, childStack, parentTid);
        ptrace.writeRegisters(tid, Machine.REGISTERS_TYPE, work, 0, machine.registersSize());
    }

    /** Lets a thread make the call it is set upon, until the child is there; the thread is stopped inside the call. */
    private int cloned(int tid) throws IOException {
        stops.awaitCallStop(tid);
        int status = stops.awaitCallStop(tid);
        if (WaitStatus.event(status) == Ptrace.EVENT_CLONE) {
            return ptrace.eventMessage(tid);
        }
        ptrace.readRegisters(tid, Machine.REGISTERS_TYPE, work, 0, machine.registersSize());
        stops.interruptInCall(tid);
        throw CloneFailure.of(-(int) machine.result(work.bytes(), 0));
    }

    /** A signal that was kept from the target, or 0. */
    int heldBack() {
        return stops.heldBack();
    }

    /** Lets A and W end, and takes the stacks away. */
    private void leave(ProcessMemory memory) {
        try {
            if (middle != NOBODY) {
                ptrace.detach(middle, 0);
            }
            if (waiter != NOBODY) {
                do {
                    ptrace.resume(waiter, 0);
                } while (!WaitStatus.hasEnded(ptrace.await(waiter)));
            }
            area.restore(memory);
            stages.accept(Stage.CLEANED);
        } catch (ErrnoException e) {
            // The target was killed, and all of its memory went with it.
            return;
        }
    }
}
