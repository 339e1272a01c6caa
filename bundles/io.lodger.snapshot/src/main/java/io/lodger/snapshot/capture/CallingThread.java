package io.lodger.snapshot.capture;

import io.lodger.posix.DirectMemory;
import io.lodger.posix.ProcessMemory;
import io.lodger.posix.Ptrace;
import io.lodger.snapshot.machine.Machine;
import java.io.IOException;

/** Chooses the thread of the target that makes the call. */
final class CallingThread {

    /** Where struct rseq has the address of struct rseq_cs, and what that one holds: start, length, where to go when interrupted. */
    private static final int SECTION = 8;
    private static final int SECTION_SIZE = 32;

    private CallingThread() {
    }

    /**
     * A thread inside a system call, if there is one, best of all one that the kernel need not remember a rest of time for. A thread that
     * is in the middle of a restartable sequence, rseq(2), is set to where the kernel lets it go on after an interruption, because a
     * call in between would make the kernel forget that.
     */
    static int choose(Threads threads, Machine machine, Ptrace ptrace, ProcessMemory memory) throws IOException {
        var registers = threads.registers().memory().bytes();
        int timed = -1;
        for (int i = 0; i < threads.count(); i++) {
            int offset = threads.registers().offset(i);
            if (machine.isTimed(registers, offset)) {
                timed = i;
            } else if (machine.isInSystemCall(registers, offset)) {
                return i;
            }
        }
        if (timed >= 0) {
            return timed;
        }
        leaveSequence(threads, machine, ptrace, memory);
        return 0;
    }

    private static void leaveSequence(Threads threads, Machine machine, Ptrace ptrace, ProcessMemory memory) throws IOException {
        long sequence = ptrace.restartableSequence(threads.tid(0));
        if (sequence == 0) {
            return;
        }
        var section = DirectMemory.allocate(SECTION_SIZE);
        memory.read(sequence + SECTION, section, 0, Long.BYTES);
        long address = section.bytes().getLong(0);
        if (address == 0) {
            return;
        }
        memory.read(address, section, 0, SECTION_SIZE);
        int offset = threads.registers().offset(0);
        long into = machine.programCounter(threads.registers().memory().bytes(), offset) - section.bytes().getLong(8);
        if (Long.compareUnsigned(into, section.bytes().getLong(16)) < 0) {
            machine.setProgramCounter(threads.registers().memory().bytes(), offset, section.bytes().getLong(24));
        }
    }
}
