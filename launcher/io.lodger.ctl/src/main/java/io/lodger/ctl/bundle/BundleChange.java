package io.lodger.ctl.bundle;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What became of a bundle.
 *
 * @param before its version before, if it was there
 * @param after its version now, if it is there
 * @param commands those it has now
 */
public record BundleChange(String symbolicName, Optional<String> before, Optional<String> after, List<String> commands) {
    private static final String NONE = "-";
    /** Stands where there is nothing to tell of. */
    public static final BundleChange NOTHING = new BundleChange(NONE, Optional.empty(), Optional.empty(), List.of());

    /** The version before, or a dash. */
    public String from() {
        return before.orElse(NONE);
    }

    /** The version now, or a dash. */
    public String to() {
        return after.orElse(NONE);
    }

    /** For programs; a version that is not there is left out. */
    public JsonObject json() {
        var json = new JsonObject();
        json.addProperty("symbolic-name", symbolicName);
        before.ifPresent(version -> json.addProperty("before", version));
        after.ifPresent(version -> json.addProperty("after", version));
        return json;
    }
}
