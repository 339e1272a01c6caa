package io.lodger.core.output;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The direct buffers of one channel, handed from connection to connection: left to the garbage collector, each would keep its memory
 * until a collection that an idle agent never makes.
 */
public final class SpareBuffers {

    /** How many bytes a buffer holds. */
    public static final int SIZE = 64 << 10;

    /** One to read with, one to write with, and the same for a connection that is still being written to after its end. */
    private static final int KEPT = 4;

    private final Deque<ByteBuffer> spare = new ArrayDeque<>(KEPT);

    /** A buffer that is the caller's until it gives it back. */
    public synchronized ByteBuffer take() {
        return spare.isEmpty() ? ByteBuffer.allocateDirect(SIZE) : spare.pop();
    }

    /** Takes a buffer back that nobody uses any more. */
    public synchronized void giveBack(ByteBuffer buffer) {
        if (spare.size() < KEPT) {
            spare.push(buffer);
        }
    }
}
