package io.lodger.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Walks over the attributes of a netlink message, struct rtattr of rtnetlink(7): {@code while (attributes.next()) ...}. Nothing is
 * copied but what is asked for.
 */
public final class Attributes {

    /** struct rtattr: length (2), type (2). */
    private static final int HEADER_SIZE = 4;

    /** NLA_F_NESTED and NLA_F_NET_BYTEORDER, which are no part of the type. */
    private static final int TYPE_MASK = 0x3fff;

    private final ByteBuffer buffer;
    private final int end;
    private int next;
    private int value;
    private int length;
    private int type;

    /**
     * The attributes from an offset on.
     *
     * @param payload the message from its position to its limit; not changed
     * @param headerSize how many bytes stand before the first attribute, such as 16 for struct ifinfomsg
     */
    public Attributes(ByteBuffer payload, int headerSize) {
        this(payload, payload.position() + align(headerSize), payload.limit());
    }

    private Attributes(ByteBuffer buffer, int start, int end) {
        this.buffer = buffer;
        this.next = start;
        this.end = end;
    }

    /** Goes to the next attribute; false when there is none. */
    public boolean next() {
        if (end - next < HEADER_SIZE) {
            return false;
        }
        int size = Short.toUnsignedInt(buffer.getShort(next));
        if (size < HEADER_SIZE || size > end - next) {
            return false;
        }
        type = buffer.getShort(next + 2) & TYPE_MASK;
        value = next + HEADER_SIZE;
        length = size - HEADER_SIZE;
        next += align(size);
        return true;
    }

    /** The type of the present attribute, such as {@code IFLA_IFNAME}. */
    public int type() {
        return type;
    }

    /** The number of bytes in its value. */
    public int length() {
        return length;
    }

    /** The byte at an offset of its value. */
    public byte getByte(int offset) {
        return buffer.get(value + check(offset, Byte.BYTES));
    }

    /** The 16 bits at an offset of its value. */
    public short getShort(int offset) {
        return buffer.getShort(value + check(offset, Short.BYTES));
    }

    /** The 32 bits at an offset of its value. */
    public int getInt(int offset) {
        return buffer.getInt(value + check(offset, Integer.BYTES));
    }

    /** The 64 bits at an offset of its value. */
    public long getLong(int offset) {
        return buffer.getLong(value + check(offset, Long.BYTES));
    }

    /** A copy of its value. */
    public byte[] bytes() {
        var copy = new byte[length];
        buffer.get(value, copy);
        return copy;
    }

    /** Its value as text up to the NUL that ends it. */
    public String string() {
        int size = 0;
        while (size < length && buffer.get(value + size) != 0) {
            size++;
        }
        var text = new byte[size];
        buffer.get(value, text);
        return new String(text, UTF_8);
    }

    /**
     * The attributes that its value consists of.
     *
     * @param headerSize how many bytes of its value stand before the first of them
     */
    public Attributes nested(int headerSize) {
        return new Attributes(buffer, value + align(headerSize), value + length);
    }

    private int check(int offset, int size) {
        if (offset < 0 || size > length - offset) {
            throw new IndexOutOfBoundsException("attribute " + type + " has " + length + " bytes, none at " + offset);
        }
        return offset;
    }

    private static int align(int size) {
        return (size + 3) & ~3;
    }
}
