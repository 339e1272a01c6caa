package io.lodger.core.json;

import io.lodger.core.framing.ModifiedUtf8;

/** Spells a text as a JSON string of ASCII characters. */
final class AsciiString {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    /** So many characters are written at a time. */
    private static final int SPAN = 8192;

    /** What one character takes at most, as {@code \}uXXXX. */
    private static final int LONGEST_ESCAPE = 6;

    private static final int REPLACEMENT = 0xFFFD;

    private AsciiString() {
    }

    /** Adds {@code text} with its quotes. What UTF-8 can't hold, as a lone surrogate, becomes U+FFFD. */
    static void append(String text, GrowingBuffer out) {
        out.append('"');
        int length = text.length();
        int at = 0;
        while (at < length) {
            int end = Math.min(length, at + SPAN);
            byte[] bytes = out.reserve(end - at);
            int size = out.size();
            int offset = size - at;
            while (at < end) {
                char next = text.charAt(at);
                if (next < 0x20 || next >= 0x7F || next == '"' || next == '\\') {
                    break;
                }
                bytes[at + offset] = (byte) next;
                at++;
            }
            out.advance(at + offset - size);
            if (at < end) {
                int codePoint = text.codePointAt(at);
                escape(codePoint, out);
                at += Character.charCount(codePoint);
            }
        }
        out.append('"');
    }

    private static void escape(int codePoint, GrowingBuffer out) {
        switch (codePoint) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                int valid = ModifiedUtf8.isValid(codePoint) ? codePoint : REPLACEMENT;
                if (Character.isBmpCodePoint(valid)) {
                    hex((char) valid, out);
                } else {
                    hex(Character.highSurrogate(valid), out);
                    hex(Character.lowSurrogate(valid), out);
                }
            }
        }
    }

    private static void hex(char value, GrowingBuffer out) {
        byte[] bytes = out.reserve(LONGEST_ESCAPE);
        int at = out.size();
        bytes[at] = '\\';
        bytes[at + 1] = 'u';
        for (int i = 0; i < 4; i++) {
            bytes[at + 2 + i] = HEX[value >> 12 - 4 * i & 0xF];
        }
        out.advance(LONGEST_ESCAPE);
    }
}
