package io.lodger.ctl.verb;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.lodger.ctl.agent.CommandDescription;
import io.lodger.ctl.agent.Member;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Turns {@code ARG=VALUE} words into an arguments object, typed as the agent describes them, or as they look if it describes nothing. */
public final class Arguments {
    private final String command;
    private final Optional<JsonObject> schema;

    /** @param description what the agent says about the command; empty if it says nothing */
    public Arguments(String command, Optional<CommandDescription> description) {
        this.command = command;
        schema = description.flatMap(CommandDescription::arguments);
    }

    /**
     * Reads the words.
     *
     * @param words {@code ARG=VALUE} each, or a single JSON object
     * @return the arguments object; empty if there are no words
     */
    public Optional<JsonObject> read(List<String> words) throws UsageException {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (words.get(0).startsWith("{")) {
            return Optional.of(whole(words));
        }
        var object = new JsonObject();
        for (var word : words) {
            var equals = word.indexOf('=');
            if (equals < 1) {
                throw new UsageException("'" + word + "' is no argument of " + command + ": write ARG=VALUE, or one JSON object; "
                    + takes());
            }
            var name = word.substring(0, equals);
            if (object.has(name)) {
                throw new UsageException("argument '" + name + "' of " + command + " is given twice");
            }
            object.add(name, value(name, word.substring(equals + 1)));
        }
        return Optional.of(object);
    }

    private JsonObject whole(List<String> words) throws UsageException {
        if (words.size() > 1) {
            throw new UsageException("nothing may follow the JSON object with the arguments of " + command + ", but '" + words.get(1)
                + "' does");
        }
        if (json(words.get(0)) instanceof JsonObject object) {
            return object;
        }
        throw new UsageException("the arguments of " + command + " are no valid JSON object: " + words.get(0));
    }

    private JsonElement value(String name, String text) throws UsageException {
        if (schema.isEmpty()) {
            var guess = json(text);
            return guess == null ? new JsonPrimitive(text) : guess;
        }
        var type = CommandDescription.propertiesOf(schema.get()).get(name);
        if (type == null) {
            throw new UsageException(command + " has no argument '" + name + "'; " + takes());
        }
        return typed(name, text, type);
    }

    private JsonElement typed(String name, String text, JsonObject type) throws UsageException {
        var values = CommandDescription.valuesOf(type);
        if (!values.isEmpty() && !values.contains(text)) {
            throw wrong(name, text, "one of " + String.join(", ", values));
        }
        switch (Member.text(type, "type").orElse("")) {
            case "string":
                return new JsonPrimitive(text);
            case "integer":
                if (!text.matches("-?[0-9]{1,20}")) {
                    throw wrong(name, text, "an integer");
                }
                return new JsonPrimitive(new BigDecimal(text));
            case "number":
                if (!text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")) {
                    throw wrong(name, text, "a number");
                }
                return new JsonPrimitive(new BigDecimal(text));
            case "boolean":
                if (!text.equals("true") && !text.equals("false")) {
                    throw wrong(name, text, "true or false");
                }
                return new JsonPrimitive(text.equals("true"));
            case "array":
                return shaped(name, text, "[", "an array in JSON, such as [\"a\", \"b\"]");
            case "object":
                return shaped(name, text, "{", "an object in JSON, such as {\"a\": 1}");
            default:
                var guess = json(text);
                return guess == null || !values.isEmpty() ? new JsonPrimitive(text) : guess;
        }
    }

    private JsonElement shaped(String name, String text, String first, String wanted) throws UsageException {
        var value = json(text);
        if (value == null || !value.toString().startsWith(first)) {
            throw wrong(name, text, wanted);
        }
        return value;
    }

    private UsageException wrong(String name, String text, String wanted) {
        return new UsageException("argument '" + name + "' of " + command + " must be " + wanted + ", not '" + text + "'");
    }

    private String takes() {
        if (schema.isEmpty()) {
            return "see 'lodgerctl call --help'";
        }
        var names = CommandDescription.propertiesOf(schema.get()).keySet();
        return names.isEmpty() ? "it takes no arguments" : "it takes " + String.join(", ", names);
    }

    /** The text as strict JSON, or null if it is none. */
    private static JsonElement json(String text) {
        try (var reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = new Gson().getAdapter(JsonElement.class).read(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? element == null ? JsonNull.INSTANCE : element : null;
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
            return null;
        }
    }
}
