package io.lodger.snapshot.capture;

import io.lodger.posix.DirectMemory;
import io.lodger.posix.ErrnoException;
import io.lodger.posix.Ptrace;
import io.lodger.snapshot.machine.Machine;
import java.io.IOException;
import java.util.Arrays;

/** The registers and signal masks of the target's threads, one after the other in memory that was set aside before. */
public final class ThreadRegisters {

    private final Machine machine;
    private final Ptrace ptrace;
    private final int vectorsCapacity;
    private DirectMemory registers = DirectMemory.allocate(0);
    private DirectMemory vectors = DirectMemory.allocate(0);
    private long[] masks = {};
    private int vectorsLength;

    ThreadRegisters(Machine machine, Ptrace ptrace, int vectorsCapacity) {
        this.machine = machine;
        this.ptrace = ptrace;
        this.vectorsCapacity = vectorsCapacity;
    }

    /** Makes room for as many threads. */
    void makeRoom(int threads) {
        masks = Arrays.copyOf(masks, threads);
        registers = larger(registers, threads * machine.registersSize());
        vectors = larger(vectors, threads * vectorsCapacity);
    }

    private static DirectMemory larger(DirectMemory old, int size) {
        var larger = DirectMemory.allocate(size);
        larger.bytes().put(0, old.bytes(), 0, old.size());
        return larger;
    }

    /** Reads a stopped thread's; when the stop has cut its call short, it will make the call again, come what may. */
    void read(int thread, int tid) throws IOException {
        int offset = offset(thread);
        int size = ptrace.readRegisters(tid, Machine.REGISTERS_TYPE, registers, offset, machine.registersSize());
        if (size != machine.registersSize()) {
            throw new IOException("thread " + tid + " runs 32-bit code; only 64-bit programs can be saved");
        }
        masks[thread] = ptrace.signalMask(tid);
        if (machine.isCutShort(registers.bytes(), offset) && !isToHandleSignal(thread, tid)) {
            machine.makeAgain(registers.bytes(), offset);
            restore(thread, tid);
        }
        vectorsLength = readVectors(tid, vectorsOffset(thread));
    }

    /** A processor without vector registers has the floating point registers alone, with which the larger set begins. */
    private int readVectors(int tid, int offset) throws IOException {
        if (vectorsCapacity > machine.floatingPointSize()) {
            try {
                return ptrace.readRegisters(tid, machine.vectorsType(), vectors, offset, vectorsCapacity);
            } catch (ErrnoException e) {
                if (e.errno() != ErrnoException.ENODEV) {
                    throw e;
                }
            }
        }
        return ptrace.readRegisters(tid, Machine.FLOATING_POINT_TYPE, vectors, offset, machine.floatingPointSize());
    }

    private boolean isToHandleSignal(int thread, int tid) throws IOException {
        long pending = ptrace.pendingSignals(tid, false) | ptrace.pendingSignals(tid, true);
        return (pending & ~masks[thread]) != 0;
    }

    /** Gives a thread its own registers back. */
    void restore(int thread, int tid) throws IOException {
        ptrace.writeRegisters(tid, Machine.REGISTERS_TYPE, registers, offset(thread), machine.registersSize());
    }

    /** Takes a thread's out; so many stand after it. */
    void remove(int thread, int after) {
        System.arraycopy(masks, thread + 1, masks, thread, after);
        moveDown(registers, offset(thread), machine.registersSize(), after);
        moveDown(vectors, vectorsOffset(thread), vectorsCapacity, after);
    }

    private static void moveDown(DirectMemory memory, int offset, int size, int elements) {
        memory.bytes().put(offset, memory.bytes(), offset + size, elements * size);
    }

    /** The signals a thread blocks. */
    public long mask(int thread) {
        return masks[thread];
    }

    /** Everybody's registers, one after the other. */
    public DirectMemory memory() {
        return registers;
    }

    /** Where a thread's are. */
    public int offset(int thread) {
        return thread * machine.registersSize();
    }

    /** Everybody's floating point and vector registers. */
    public DirectMemory vectors() {
        return vectors;
    }

    /** Where a thread's are. */
    public int vectorsOffset(int thread) {
        return thread * vectorsCapacity;
    }

    /** How many bytes they have. */
    public int vectorsLength() {
        return vectorsLength;
    }
}
