package io.lodger.core.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Spells doubles as printf(3) does for {@code %.17g}, which is how QEMU's guest agent sends them. */
final class PrintfDouble {

    private static final int DIGITS = 17;
    private static final MathContext PRECISION = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

    /** Numbers below 10 to this power are spelt with an exponent. */
    private static final int LEAST_FIXED_EXPONENT = -4;

    /** Below this every whole double has at most 15 digits, all of them exact. */
    private static final double EXACT_WHOLE = 1e15;

    private PrintfDouble() {
    }

    /**
     * Spells a double. Infinities, for which printf(3) has words that are not JSON, become {@code 1e999} and {@code -1e999}: every
     * reader of doubles takes these for what they mean.
     *
     * @throws IllegalArgumentException for NaN
     */
    static String format(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("NaN has no spelling in JSON");
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "1e999" : "-1e999";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        if (value == Math.rint(value) && Math.abs(value) < EXACT_WHOLE) {
            return Long.toString((long) value);
        }
        BigDecimal decimal = new BigDecimal(value).round(PRECISION).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        return exponent < LEAST_FIXED_EXPONENT || exponent >= DIGITS ? scientific(decimal, exponent) : decimal.toPlainString();
    }

    private static String scientific(BigDecimal decimal, int exponent) {
        var text = new StringBuilder(decimal.unscaledValue().toString());
        int point = decimal.signum() < 0 ? 2 : 1;
        if (text.length() > point) {
            text.insert(point, '.');
        }
        text.append('e').append(exponent < 0 ? '-' : '+');
        int magnitude = Math.abs(exponent);
        if (magnitude < 10) {
            text.append('0');
        }
        return text.append(magnitude).toString();
    }
}
