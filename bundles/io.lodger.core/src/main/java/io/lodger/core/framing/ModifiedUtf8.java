package io.lodger.core.framing;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 as the protocol takes it: U+0000 may also come as the two bytes C0 80, and surrogates, noncharacters (U+FDD0 to U+FDEF and
 * the last two of each plane) and longer forms than needed are invalid.
 */
public final class ModifiedUtf8 {

    private static final int[] LEAST_BY_LENGTH = {0, 0, 0x80, 0x800, 0x10000};

    private ModifiedUtf8() {
    }

    /**
     * How many bytes belong together at {@code at}: those a lead byte asks for, as far as they are there, or one. Lead bytes of the
     * five and six byte forms of old count as such.
     *
     * @param end where the bytes end, beyond {@code at}
     */
    public static int sequenceLength(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0xC0 || lead >= 0xFE) {
            return 1;
        }
        int wanted = Integer.numberOfLeadingZeros(~(lead << 24));
        int length = 1;
        while (length < wanted && at + length < end && (bytes[at + length] & 0xC0) == 0x80) {
            length++;
        }
        return length;
    }

    /**
     * The code point of the sequence at {@code at}, or -1 when it is invalid.
     *
     * @param length its length, from {@link #sequenceLength}
     */
    public static int codePoint(byte[] bytes, int at, int length) {
        int lead = bytes[at] & 0xFF;
        if (length == 1) {
            return lead < 0x80 ? lead : -1;
        }
        int wanted = Integer.numberOfLeadingZeros(~(lead << 24));
        if (length != wanted || length > 4) {
            return -1;
        }
        int codePoint = lead & 0x7F >> length;
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | bytes[at + i] & 0x3F;
        }
        boolean shortest = codePoint >= LEAST_BY_LENGTH[length] || codePoint == 0 && length == 2;
        return shortest && isValid(codePoint) ? codePoint : -1;
    }

    /** Whether the protocol's strings may hold this code point. */
    public static boolean isValid(int codePoint) {
        return codePoint >= 0 && codePoint <= Character.MAX_CODE_POINT
                && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
                && !(codePoint >= 0xFDD0 && codePoint <= 0xFDEF)
                && (codePoint & 0xFFFE) != 0xFFFE;
    }

    /** Reads bytes as text for people, with U+FFFD for each invalid sequence. */
    public static String decodeLeniently(byte[] bytes, int start, int end) {
        int ascii = start;
        while (ascii < end && bytes[ascii] >= 0) {
            ascii++;
        }
        String head = new String(bytes, start, ascii - start, StandardCharsets.ISO_8859_1);
        if (ascii == end) {
            return head;
        }
        var text = new StringBuilder(end - start).append(head);
        for (int at = ascii; at < end;) {
            int length = sequenceLength(bytes, at, end);
            int codePoint = codePoint(bytes, at, length);
            text.appendCodePoint(codePoint < 0 ? 0xFFFD : codePoint);
            at += length;
        }
        return text.toString();
    }
}
