package io.lodger.core.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lodger.core.framing.Tokens;
import java.util.Optional;
import java.util.Set;

/** A JSON value as the rest of the core sees it. */
public final class Json {

    /** The object without members. */
    public static final Json EMPTY_OBJECT = new Json(new JsonObject());

    private final JsonElement tree;

    Json(JsonElement tree) {
        this.tree = tree;
    }

    /** Parses a message that the framing found. */
    public static Json parse(Tokens message) throws JsonParseException {
        return new Json(JsonParser.parse(message));
    }

    /** A string. */
    public static Json text(String text) {
        return new Json(new JsonPrimitive(text));
    }

    /** Whether this is an object. */
    public boolean isObject() {
        return tree instanceof JsonObject;
    }

    /** The names of this object's members, in their order. */
    public Set<String> names() {
        return tree.getAsJsonObject().keySet();
    }

    /** A member of this object. */
    public Optional<Json> member(String name) {
        return Optional.ofNullable(tree.getAsJsonObject().get(name)).map(Json::new);
    }

    /** The text of this value, where it is a string. */
    public Optional<String> text() {
        return tree instanceof JsonPrimitive p && p.isString() ? Optional.of(p.getAsString()) : Optional.empty();
    }

    /** Writes this value as the wire spells it. */
    public void writeTo(GrowingBuffer out) {
        AsciiJson.write(tree, out);
    }

    JsonElement tree() {
        return tree;
    }
}
