package io.lodger.core.json;

import io.lodger.core.framing.Tokens;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The value of a number's token. */
final class NumberToken {

    /** So many digits fit into a long whatever they are. */
    private static final int LONG_DIGITS = 18;

    /** An unsigned 64-bit integer has no more digits, and a sign less. */
    private static final int UNSIGNED_DIGITS = 20;

    /** An integer with more digits is beyond the greatest double. */
    private static final int DOUBLE_DIGITS = 309;

    /** Longer numbers are shortened before they are read. */
    private static final int ORDINARY_LENGTH = 4096;

    /** More digits decide nothing but on which side of a tie between two doubles a number is, for which one more will do. */
    private static final int SIGNIFICANT_DIGITS = 800;

    /** No number has so many digits that they make up for an exponent like this. */
    private static final long MAX_EXPONENT = 1_000_000_000;

    private NumberToken() {
    }

    static Number integer(Tokens tokens, int token) {
        int start = tokens.start(token);
        int end = tokens.end(token);
        boolean negative = tokens.bytes()[start] == '-';
        int digits = end - start - (negative ? 1 : 0);
        if (digits <= LONG_DIGITS) {
            return small(tokens.bytes(), end - digits, end, negative);
        }
        if (digits > DOUBLE_DIGITS) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        String text = text(tokens, token);
        if (digits <= UNSIGNED_DIGITS) {
            var value = new BigInteger(text);
            if (value.bitLength() < Long.SIZE) {
                return value.longValue();
            }
            if (!negative && value.bitLength() == Long.SIZE) {
                return value;
            }
        }
        return Double.valueOf(text);
    }

    static Double floatingPoint(Tokens tokens, int token) {
        boolean ordinary = tokens.end(token) - tokens.start(token) <= ORDINARY_LENGTH;
        return Double.valueOf(ordinary ? text(tokens, token) : shortened(tokens.bytes(), tokens.start(token), tokens.end(token)));
    }

    /** A text of the same double for a number of any length, so that the number isn't copied to be read. */
    private static String shortened(byte[] bytes, int start, int end) {
        var text = new StringBuilder(SIGNIFICANT_DIGITS + 20).append(bytes[start] == '-' ? "-" : "");
        int sign = text.length();
        boolean fraction = false;
        boolean rest = false;
        long exponent = 0;
        int at = start + sign;
        for (; at < end && (bytes[at] | 0x20) != 'e'; at++) {
            if (bytes[at] == '.') {
                fraction = true;
                continue;
            }
            boolean kept = text.length() - sign < SIGNIFICANT_DIGITS;
            if (kept && (text.length() > sign || bytes[at] != '0')) {
                text.append((char) bytes[at]);
            }
            rest |= !kept && bytes[at] != '0';
            exponent += kept ? fraction ? -1 : 0 : fraction ? 0 : 1;
        }
        if (rest) {
            text.append('1');
            exponent--;
        }
        return text.append(text.length() == sign ? "0E" : "E").append(exponent + exponent(bytes, at + 1, end)).toString();
    }

    /** The number from {@code start} on, or a limit far beyond that of doubles. */
    private static long exponent(byte[] bytes, int start, int end) {
        long value = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] >= '0') {
                value = Math.min(MAX_EXPONENT, 10 * value + bytes[i] - '0');
            }
        }
        return start < end && bytes[start] == '-' ? -value : value;
    }

    private static Long small(byte[] bytes, int start, int end, boolean negative) {
        long value = 0;
        for (int i = start; i < end; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return negative ? -value : value;
    }

    private static String text(Tokens tokens, int token) {
        int start = tokens.start(token);
        return new String(tokens.bytes(), start, tokens.end(token) - start, StandardCharsets.ISO_8859_1);
    }
}
