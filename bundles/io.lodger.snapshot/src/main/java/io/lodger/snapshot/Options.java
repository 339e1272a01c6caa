package io.lodger.snapshot;

import io.lodger.snapshot.image.CoreFilter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The engine's options.
 *
 * @param filter which mappings to save; without it what /proc/PID/coredump_filter says
 * @param thread the thread that the image is to show first; without it the process's first
 */
record Options(Optional<CoreFilter> filter, OptionalInt thread) {

    private static final Set<String> NAMES = Set.of("filter", "thread");

    /** Takes them by name. */
    static Options of(Map<String, String> options) {
        var unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(NAMES);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the engine fork has no option " + String.join(", ", unknown) + ", only filter and thread");
        }
        var thread = options.get("thread");
        return new Options(Optional.ofNullable(options.get("filter")).map(CoreFilter::parse),
                thread == null ? OptionalInt.empty() : OptionalInt.of(number("the option thread is a thread id", thread)));
    }

    /** A process or thread id. */
    static int number(String what, String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(what + ", a number from 1 on, not " + text);
        }
        return Integer.parseInt(text);
    }
}
