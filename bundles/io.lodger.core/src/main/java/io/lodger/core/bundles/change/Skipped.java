package io.lodger.core.bundles.change;

import io.lodger.core.bundles.store.Addition;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The additions that could not be brought into the framework, each with the reason. */
final class Skipped {

    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    void add(Addition addition, String reason) {
        if (!reason.equals(reasons.put(addition.name(), reason))) {
            System.getLogger(Skipped.class.getName()).log(System.Logger.Level.WARNING, "{0} is not started: {1}", addition, reason);
        }
    }

    void remove(Addition addition) {
        reasons.remove(addition.name());
    }

    Optional<String> reason(String name) {
        return Optional.ofNullable(reasons.get(name));
    }
}
