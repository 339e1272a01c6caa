package io.lodger.ctl.agent;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations in words. */
final class Waits {
    private Waits() {
    }

    /** In seconds, such as {@code 5 s} or {@code 0.25 s}. */
    static String text(Duration wait) {
        return BigDecimal.valueOf(wait.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
