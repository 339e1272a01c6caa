package io.lodger.snapshot.machine;

import java.nio.ByteBuffer;

/**
 * The stacks for a thread that is set upon a call and for what it starts, one after the other in an area of the target.
 *
 * <p>The frames of {@link #layOut} are what keeps the target whole when the tracer dies at any instruction: a thread that was set upon
 * a call has a stack from which it returns, as from a signal handler, to where it was, by itself. What it starts has stacks that lead to
 * its own end.
 */
public interface Stacks {

    /** How much room {@link #layOut} needs. */
    int size(int vectorsLength);

    /**
     * Writes the stacks.
     *
     * @param area gets them, from offset 0
     * @param address where the area will be in the target, at the beginning of a page
     * @param registers those of the thread that is to go on, at an offset
     * @param mask the signals that it blocks
     * @param vectors its floating point and vector registers, at an offset, with a length
     */
    void layOut(ByteBuffer area, long address, BorrowedCode code, ByteBuffer registers, int offset, long mask, ByteBuffer vectors,
            int vectorsOffset, int vectorsLength);

    /** The stack of the thread that goes on where it was. */
    long returning(long address);

    /** The stack of the thread that waits for its child and ends. */
    long waiting(long address, int vectorsLength);

    /** Where that thread's child's id belongs. */
    long waitedFor(long address, int vectorsLength);

    /** The stack of one that ends. */
    long ending(long address, int vectorsLength);
}
