package io.lodger.ctl.fleet;

import io.lodger.ctl.verb.Failure;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of one guest.
 *
 * @param guest the name of the socket or domain
 * @param result what came of it; none if it failed or was not begun
 * @param failure why it failed, if it did
 * @param took the time it took; zero if it was not begun
 */
record GuestOutcome<T>(String guest, Optional<T> result, Optional<Failure> failure, Duration took) {
    private static final double MILLIS = 1000;

    static <T> GuestOutcome<T> skipped(String guest) {
        return new GuestOutcome<>(guest, Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    /** In a word: done, failed or skipped. */
    String word() {
        return result.isPresent() ? "done" : failure.isPresent() ? "failed" : "skipped";
    }

    double seconds() {
        return took.toMillis() / MILLIS;
    }
}
