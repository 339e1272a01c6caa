package io.lodger.ctl.agent;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;

/** Reads members of an object a guest made up: whatever has another type than expected reads as absent. */
public final class Member {
    private Member() {
    }

    public static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isString() ? Optional.of(value.getAsString()) : Optional.empty();
    }

    /** A number as it stands on the wire, since a guest's may have any size. */
    public static Optional<String> number(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isNumber() ? Optional.of(value.getAsString()) : Optional.empty();
    }

    public static Optional<Boolean> flag(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isBoolean() ? Optional.of(value.getAsBoolean()) : Optional.empty();
    }

    public static Optional<JsonObject> object(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject value ? Optional.of(value) : Optional.empty();
    }

    /** The elements of an array; none if there is no such array. */
    public static List<JsonElement> elements(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array ? array.asList() : List.of();
    }

    /** Those of an array's elements that are objects. */
    public static List<JsonObject> objects(JsonElement array) {
        return array instanceof JsonArray elements
            ? elements.asList().stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
            : List.of();
    }
}
