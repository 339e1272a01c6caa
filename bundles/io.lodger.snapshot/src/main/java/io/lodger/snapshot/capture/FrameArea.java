package io.lodger.snapshot.capture;

import io.lodger.posix.DirectMemory;
import io.lodger.posix.ErrnoException;
import io.lodger.posix.PageScan;
import io.lodger.posix.ProcessMemory;
import io.lodger.snapshot.machine.BorrowedCode;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.machine.Stacks;
import io.lodger.snapshot.process.Mapping;
import java.io.IOException;
import java.util.Arrays;

/**
 * The memory of the target that is borrowed for some stacks: the lowest pages of the first thread's stack. What lies below a stack
 * pointer means nothing to anybody, by the rules of the ABI; all the same it is put back.
 */
final class FrameArea implements AutoCloseable {

    /** How far below the first thread's stack pointer the pages must be, unless they were never touched. */
    private static final long DISTANCE = 16 << 10;

    private final Mapping stack;
    private final Stacks stacks;
    private final PageScan pages;
    private final int size;
    private final DirectMemory frames;
    private final DirectMemory before;
    private final DirectMemory code;
    private final BorrowedCode borrowed;
    private final byte[] expectedCode;
    private int vectorsLength;
    private boolean written;

    /**
     * Makes room; touches nothing.
     *
     * @param stack the mapping of the first thread's stack
     * @param vectorsCapacity how many bytes a thread's vector registers have at most
     */
    FrameArea(int pid, Mapping stack, BorrowedCode borrowed, ProcessMemory memory, Machine machine, int vectorsCapacity)
            throws IOException {
        this.stack = stack;
        this.stacks = machine.stacks();
        this.borrowed = borrowed;
        this.size = (stacks.size(vectorsCapacity) + PageScan.PAGE - 1) / PageScan.PAGE * PageScan.PAGE;
        this.frames = DirectMemory.allocate(size);
        this.before = DirectMemory.allocate(size);
        this.code = DirectMemory.allocate(Integer.BYTES);
        this.expectedCode = codeNow(memory);
        this.pages = new PageScan(pid);
    }

    /** The first bytes of both pieces of borrowed code. */
    private byte[] codeNow(ProcessMemory memory) throws IOException {
        var bytes = new byte[Integer.BYTES];
        memory.read(borrowed.call(), code, 0, 2);
        memory.read(borrowed.signalReturn(), code, 2, 2);
        code.bytes().get(0, bytes);
        return bytes;
    }

    /** Writes the stacks for a thread to the target. */
    void layOut(ProcessMemory memory, Threads threads, int thread, Machine machine, BorrowedCode code) throws IOException {
        if (!Arrays.equals(expectedCode, codeNow(memory))) {
            throw new IOException("process " + threads.tid(0) + " has just begun another program; try again");
        }
        var registers = threads.registers();
        vectorsLength = registers.vectorsLength();
        long pointer = machine.stackPointer(registers.memory().bytes(), registers.offset(0));
        boolean below = pointer < stack.end() && pointer - stack.start() > size + DISTANCE;
        if (!below && pages.scan(stack.start(), stack.start() + size) > 0) {
            throw new IOException("the stack of the first thread of process " + threads.tid(0)
                    + " is in use down to its last pages; try again");
        }
        memory.read(stack.start(), before, 0, size);
        stacks.layOut(frames.bytes(), stack.start(), code, registers.memory().bytes(), registers.offset(thread),
                registers.mask(thread), registers.vectors().bytes(), registers.vectorsOffset(thread), vectorsLength);
        written = true;
        memory.write(stack.start(), frames, 0, size);
    }

    /** Puts back what was there. */
    void restore(ProcessMemory memory) throws ErrnoException {
        if (written) {
            memory.write(stack.start(), before, 0, size);
        }
    }

    /** The stack of the thread that goes back to where it was. */
    long returning() {
        return stacks.returning(stack.start());
    }

    /** The stack of the thread that waits for the process it makes, and ends. */
    long waiting() {
        return stacks.waiting(stack.start(), vectorsLength);
    }

    /** Where the number of that process belongs. */
    long waitedFor() {
        return stacks.waitedFor(stack.start(), vectorsLength);
    }

    /** The stack of a process that ends. */
    long ending() {
        return stacks.ending(stack.start(), vectorsLength);
    }

    @Override
    public void close() {
        pages.close();
    }
}
