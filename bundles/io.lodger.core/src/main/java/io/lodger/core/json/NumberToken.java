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
        return Double.valueOf(text(tokens, token));
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
