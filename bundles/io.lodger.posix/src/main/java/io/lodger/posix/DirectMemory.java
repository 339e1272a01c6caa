package io.lodger.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside the heap, of which both the bytes and the address are known, so that the kernel can be given any part of it again and
 * again without making an object. It lives as long as this object is reachable.
 */
public final class DirectMemory {

    private final ByteBuffer bytes;
    private final long address;

    private DirectMemory(ByteBuffer bytes) {
        this.bytes = bytes;
        this.address = LibC.address(bytes);
    }

    /** Zeros, in the machine's byte order. */
    public static DirectMemory allocate(int size) {
        return new DirectMemory(ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder()));
    }

    /** The one buffer over all of it. Reading and writing at an index leaves its position and limit alone. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** How many bytes there are. */
    public int size() {
        return bytes.capacity();
    }

    /** The address of a range, which must lie inside. */
    long address(int offset, int length) {
        if (offset < 0 || length < 0 || length > bytes.capacity() - offset) {
            throw new IndexOutOfBoundsException(length + " bytes at " + offset + " of " + bytes.capacity());
        }
        return address + offset;
    }
}
