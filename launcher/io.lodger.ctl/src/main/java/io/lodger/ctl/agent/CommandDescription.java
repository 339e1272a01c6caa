package io.lodger.ctl.agent;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the agent says about one of its commands.
 *
 * @param name the command's name
 * @param json its entry of {@code guest-info}, with the members of its entry of {@code lodger-describe} where the agent has that
 */
public record CommandDescription(String name, JsonObject json) {
    /** Whether it may be called now; agents tell in {@code guest-info} only. */
    public Optional<Boolean> enabled() {
        return Member.flag(json, "enabled");
    }

    public Optional<String> doc() {
        return Member.text(json, "doc");
    }

    public Optional<String> bundle() {
        return Member.text(json, "bundle");
    }

    public Optional<String> bundleVersion() {
        return Member.text(json, "bundle-version");
    }

    /** Whether it answers when it succeeds, as nearly every command does. */
    public boolean respondsOnSuccess() {
        return Member.flag(json, "responds-on-success").or(() -> Member.flag(json, "success-response")).orElse(true);
    }

    public Optional<Boolean> whileFrozen() {
        return Member.flag(json, "while-frozen");
    }

    /** JSON Schema of the arguments object. */
    public Optional<JsonObject> arguments() {
        return Member.object(json, "arguments");
    }

    /** JSON Schema of the result. */
    public Optional<JsonObject> result() {
        return Member.object(json, "result");
    }

    /** JSON Schema of each argument by name; empty if the agent does not describe them. */
    public Map<String, JsonObject> properties() {
        return arguments().map(CommandDescription::propertiesOf).orElse(Map.of());
    }

    /** The members of a schema of type object, in the schema's order. */
    public static Map<String, JsonObject> propertiesOf(JsonObject schema) {
        var properties = new LinkedHashMap<String, JsonObject>();
        Member.object(schema, "properties").ifPresent(members -> members.entrySet().forEach(member ->
            properties.put(member.getKey(), member.getValue() instanceof JsonObject object ? object : new JsonObject())));
        return properties;
    }

    /** The names under a schema's {@code required}. */
    public static Set<String> requiredOf(JsonObject schema) {
        return strings(schema, "required").stream().collect(Collectors.toUnmodifiableSet());
    }

    /** The values under a schema's {@code enum}; empty if any will do. */
    public static List<String> valuesOf(JsonObject schema) {
        return strings(schema, "enum");
    }

    private static List<String> strings(JsonObject schema, String name) {
        return Member.elements(schema, name).stream()
            .filter(element -> element instanceof JsonPrimitive value && value.isString())
            .map(element -> element.getAsString())
            .toList();
    }
}
