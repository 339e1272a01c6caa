package io.lodger.save.stream;

import java.time.Duration;
import java.util.Optional;

/** What hosts may say of streams. */
public final class StreamLimits {

    /** A job that has not begun after so long was cancelled before it could. */
    static final long BEGIN_PATIENCE_NANOS = 10_000_000_000L;

    private static final int LONGEST_TIMEOUT = 3600;
    private static final int DEFAULT_TIMEOUT = 120;

    private StreamLimits() {
    }

    /** Makes sure that an image is either a file or a stream. */
    public static void checkEither(Optional<String> path, Optional<Boolean> stream) {
        if (path.isPresent() == stream.orElse(false)) {
            throw new IllegalArgumentException("Either parameter 'path' or parameter 'stream' is needed, and not both");
        }
    }

    /** Makes sure that a timeout is one. */
    public static void checkTimeout(Optional<Integer> seconds) {
        if (seconds.isPresent() && (seconds.get() < 1 || seconds.get() > LONGEST_TIMEOUT)) {
            throw new IllegalArgumentException("Parameter 'stream-timeout' is " + seconds.get() + ", and must be from 1 to "
                    + LONGEST_TIMEOUT + " seconds");
        }
    }

    /** After how long without the host a stream fails. */
    public static Duration timeout(Optional<Integer> seconds) {
        return Duration.ofSeconds(seconds.orElse(DEFAULT_TIMEOUT));
    }
}
