package io.lodger.core.json;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes to be sent, in one array that grows. */
public final class GrowingBuffer {

    private static final int FIRST_BYTES = 512;

    /** Beyond this size the array grows by a half only. */
    private static final int DOUBLING_ENDS = 1 << 20;

    /** What {@link #clear} keeps at most. */
    private static final int WARM_BYTES = 32 * 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** Adds one byte, given by its low eight bits. */
    public GrowingBuffer append(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Adds a text of ASCII characters only. */
    @SuppressWarnings("deprecation")  // For it drops the high byte of each character, and ASCII has none; it is one copy.
    public GrowingBuffer append(String ascii) {
        int length = ascii.length();
        ascii.getBytes(0, length, reserve(length), size);
        size += length;
        return this;
    }

    /** A view of the bytes, valid until the next call of another method. */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets the bytes, and lets go of the array if it has grown big. */
    public void clear() {
        size = 0;
        if (bytes.length > WARM_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    /** Makes room for {@code length} more bytes and returns the array to put them into, from {@link #size} on. */
    byte[] reserve(int length) {
        if (length > bytes.length - size) {
            int needed = Math.addExact(size, length);
            int grown = bytes.length < DOUBLING_ENDS ? 2 * bytes.length : (int) Math.min(bytes.length * 3L / 2, Integer.MAX_VALUE - 8);
            bytes = Arrays.copyOf(bytes, Math.max(needed, grown));
        }
        return bytes;
    }

    /** Counts in the bytes that were put into what {@link #reserve} gave. */
    void advance(int length) {
        size += length;
    }
}
