package io.lodger.core.framing;

import java.util.Arrays;

/**
 * The tokens of one message: the bytes of all of them, without the white space, in one array, and one number for each token that
 * holds its kind and where it begins. A token ends where the next one begins.
 */
public final class Tokens {

    /** The kinds of tokens. */
    public enum Kind {
        /** <code>{</code>. */
        LEFT_BRACE,
        /** <code>}</code>. */
        RIGHT_BRACE,
        /** <code>[</code>. */
        LEFT_BRACKET,
        /** <code>]</code>. */
        RIGHT_BRACKET,
        /** <code>,</code>. */
        COMMA,
        /** <code>:</code>. */
        COLON,
        /** A string with its quotes that holds neither escapes nor anything but ASCII: what is between the quotes is its value. */
        PLAIN_STRING,
        /** A string with its quotes that holds escapes or bytes beyond ASCII, both unchecked. */
        ENCODED_STRING,
        /** A number with neither a fraction nor an exponent, of any length. */
        INTEGER,
        /** A number with a fraction or an exponent. */
        FLOAT,
        /** A word of the letters a to z, not only {@code true}, {@code false} and {@code null}. */
        KEYWORD
    }

    private static final Kind[] KINDS = Kind.values();

    /** What is kept from message to message: enough for every ordinary request, together no more than 64 KiB. */
    private static final int WARM_BYTES = 48 * 1024;
    private static final int WARM_TOKENS = 4 * 1024;

    private static final int FIRST_BYTES = 512;
    private static final int FIRST_TOKENS = 64;

    /** A token's start fits below this bit, for a message is shorter than {@link MessageAssembler#MAX_BYTES}. */
    private static final int KIND_SHIFT = 27;
    private static final int START_MASK = (1 << KIND_SHIFT) - 1;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private int[] tape = new int[FIRST_TOKENS];
    private int count;
    private int openStart;

    Tokens() {
    }

    /** How many tokens there are. */
    public int count() {
        return count;
    }

    /** The kind of the token at {@code index}. */
    public Kind kind(int index) {
        return KINDS[tape[index] >>> KIND_SHIFT];
    }

    /** Where in {@link #bytes()} the token at {@code index} begins. */
    public int start(int index) {
        return tape[index] & START_MASK;
    }

    /** Where in {@link #bytes()} the token at {@code index} has ended. */
    public int end(int index) {
        return index + 1 < count ? start(index + 1) : openStart;
    }

    /** The bytes of all tokens, in an array that is longer than they are. It may be changed between a token's start and its end. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes there are, those of the token being read included. */
    public int size() {
        return size;
    }

    /** Where in {@link #bytes()} the token being read begins. It has no kind and is not counted yet. */
    int openStart() {
        return openStart;
    }

    /** Adds to the token being read. */
    void append(byte[] source, int offset, int length) {
        if (length > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, grown(bytes.length, size + length));
        }
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Ends the token being read. */
    void end(Kind kind) {
        if (count == tape.length) {
            tape = Arrays.copyOf(tape, grown(count, count + 1));
        }
        tape[count++] = kind.ordinal() << KIND_SHIFT | openStart;
        openStart = size;
    }

    /** Forgets all tokens, the one being read included, and lets go of what a big message has needed. */
    void clear() {
        size = 0;
        count = 0;
        openStart = 0;
        if (bytes.length > WARM_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        if (tape.length > WARM_TOKENS) {
            tape = new int[FIRST_TOKENS];
        }
    }

    /** How many bytes of memory the tokens occupy, used or not. */
    int footprint() {
        return bytes.length + Integer.BYTES * tape.length;
    }

    private static int grown(int length, int needed) {
        return Math.max(needed, Math.min(2 * length, MessageAssembler.MAX_BYTES));
    }
}
