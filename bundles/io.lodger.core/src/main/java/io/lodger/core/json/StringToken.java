package io.lodger.core.json;

import io.lodger.core.framing.ModifiedUtf8;
import io.lodger.core.framing.Tokens;
import java.nio.charset.StandardCharsets;

/** The value of a string's token. */
final class StringToken {

    private static final int SHORT_ESCAPE = 2;
    private static final int UNICODE_ESCAPE = 6;

    /** The bytes of the token, decoded in place: what is written never overtakes what is read. */
    private final byte[] bytes;
    private final int end;
    private int read;
    private int written;
    private boolean ascii = true;

    private StringToken(Tokens tokens, int token) {
        bytes = tokens.bytes();
        read = tokens.start(token) + 1;
        written = read;
        end = tokens.end(token) - 1;
    }

    /** A string of ASCII without escapes. */
    static String plain(Tokens tokens, int token) {
        int start = tokens.start(token) + 1;
        return new String(tokens.bytes(), start, tokens.end(token) - 1 - start, StandardCharsets.ISO_8859_1);
    }

    /** Any string; its token is overwritten. */
    static String decode(Tokens tokens, int token) throws JsonParseException {
        return new StringToken(tokens, token).decode();
    }

    private String decode() throws JsonParseException {
        int start = read;
        while (read < end) {
            int run = read;
            while (read < end && bytes[read] >= 0 && bytes[read] != '\\') {
                read++;
            }
            keep(run, read - run);
            if (read == end) {
                break;
            }
            if (bytes[read] == '\\') {
                escape();
            } else {
                sequence();
            }
        }
        return new String(bytes, start, written - start, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private void keep(int from, int length) {
        if (from != written) {
            System.arraycopy(bytes, from, bytes, written, length);
        }
        written += length;
    }

    private void sequence() throws JsonParseException {
        int length = ModifiedUtf8.sequenceLength(bytes, read, end);
        int codePoint = ModifiedUtf8.codePoint(bytes, read, length);
        if (codePoint < 0) {
            throw new JsonParseException("invalid UTF-8 sequence in string");
        }
        if (codePoint == 0) {
            bytes[written++] = 0;
        } else {
            ascii = false;
            keep(read, length);
        }
        read += length;
    }

    private void escape() throws JsonParseException {
        byte letter = bytes[read + 1];
        if (letter == 'u') {
            unicodeEscape();
            return;
        }
        bytes[written++] = switch (letter) {
            case '"', '\'', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new JsonParseException("invalid escape sequence in string");
        };
        read += SHORT_ESCAPE;
    }

    private void unicodeEscape() throws JsonParseException {
        int length = UNICODE_ESCAPE;
        int codePoint = fourHexDigits(read + SHORT_ESCAPE);
        if (codePoint >= Character.MIN_HIGH_SURROGATE && codePoint <= Character.MAX_HIGH_SURROGATE) {
            int low = read + UNICODE_ESCAPE;
            int second = low + 1 < end && bytes[low] == '\\' && bytes[low + 1] == 'u' ? fourHexDigits(low + SHORT_ESCAPE) : -1;
            if (second >= Character.MIN_LOW_SURROGATE && second <= Character.MAX_LOW_SURROGATE) {
                length += UNICODE_ESCAPE;
                codePoint = Character.toCodePoint((char) codePoint, (char) second);
            }
        }
        if (!ModifiedUtf8.isValid(codePoint)) {
            // The quote behind the string belongs to the text if the digits run out.
            String text = ModifiedUtf8.decodeLeniently(bytes, read, Math.min(read + length, end + 1));
            throw new JsonParseException(text + " is not a valid Unicode character");
        }
        read += length;
        encode(codePoint);
    }

    private int fourHexDigits(int from) {
        if (from + 4 > end) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            // Only the digits of ASCII count, which the bytes beyond it, being negative, are none of.
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private void encode(int codePoint) {
        if (codePoint < 0x80) {
            bytes[written++] = (byte) codePoint;
        } else {
            ascii = false;
            byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(encoded, 0, bytes, written, encoded.length);
            written += encoded.length;
        }
    }
}
