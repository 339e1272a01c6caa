package io.lodger.core.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lodger.core.framing.ModifiedUtf8;
import io.lodger.core.framing.Tokens;
import io.lodger.core.framing.Tokens.Kind;
import java.util.ArrayDeque;

/**
 * Makes a tree of a message's tokens. The stack it needs does not grow with the depth of the message.
 *
 * <p>A number becomes a Long, or a BigInteger if only an unsigned 64-bit integer holds it, or else a Double.
 */
public final class JsonParser {

    /** So many bytes of a word an error text repeats. */
    private static final int MAX_QUOTED = 4096;

    private final Tokens tokens;
    private final ArrayDeque<Open> open = new ArrayDeque<>();
    private int at;

    private JsonParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Parses one message. The tokens are used up by it: strings are decoded in place.
     *
     * @throws JsonParseException if they make no JSON value; of several errors it names the first
     */
    public static JsonElement parse(Tokens tokens) throws JsonParseException {
        return new JsonParser(tokens).value();
    }

    private JsonElement value() throws JsonParseException {
        while (true) {
            JsonElement complete = begin();
            while (complete != null) {
                if (open.isEmpty()) {
                    return complete;
                }
                complete = add(complete);
            }
        }
    }

    /** Reads a scalar or an empty container; or opens a container that has members and returns null. */
    private JsonElement begin() throws JsonParseException {
        Kind kind = next();
        int token = at - 1;
        return switch (kind) {
            case LEFT_BRACE -> open(new JsonObject(), Kind.RIGHT_BRACE);
            case LEFT_BRACKET -> open(new JsonArray(), Kind.RIGHT_BRACKET);
            case PLAIN_STRING -> new JsonPrimitive(StringToken.plain(tokens, token));
            case ENCODED_STRING -> new JsonPrimitive(StringToken.decode(tokens, token));
            case INTEGER -> new JsonPrimitive(NumberToken.integer(tokens, token));
            case FLOAT -> new JsonPrimitive(NumberToken.floatingPoint(tokens, token));
            case KEYWORD -> keyword(token);
            case RIGHT_BRACE, RIGHT_BRACKET, COMMA, COLON -> throw new JsonParseException("expecting value");
        };
    }

    private JsonElement open(JsonElement container, Kind closing) {
        if (at < tokens.count() && tokens.kind(at) == closing) {
            at++;
            return container;
        }
        open.push(new Open(container));
        return null;
    }

    /** Adds a value, or a member's name, to the innermost open container, and returns this if that was all there is to it. */
    private JsonElement add(JsonElement value) throws JsonParseException {
        Open innermost = open.element();
        if (innermost.container instanceof JsonArray array) {
            array.add(value);
            return endMember(Kind.RIGHT_BRACKET, "expected separator in list");
        }
        if (innermost.name == null) {
            if (!(value instanceof JsonPrimitive name && name.isString())) {
                throw new JsonParseException("key is not a string in object");
            }
            if (next() != Kind.COLON) {
                throw new JsonParseException("missing : in object pair");
            }
            innermost.name = value.getAsString();
            return null;
        }
        JsonObject object = innermost.container.getAsJsonObject();
        if (object.has(innermost.name)) {
            throw new JsonParseException("duplicate key");
        }
        object.add(innermost.name, value);
        innermost.name = null;
        return endMember(Kind.RIGHT_BRACE, "expected separator in dict");
    }

    private JsonElement endMember(Kind closing, String complaint) throws JsonParseException {
        Kind kind = next();
        if (kind == closing) {
            return open.pop().container;
        }
        if (kind != Kind.COMMA) {
            throw new JsonParseException(complaint);
        }
        return null;
    }

    private Kind next() throws JsonParseException {
        if (at == tokens.count()) {
            throw new JsonParseException("premature EOI");
        }
        return tokens.kind(at++);
    }

    private JsonElement keyword(int token) throws JsonParseException {
        int start = tokens.start(token);
        int end = Math.min(tokens.end(token), start + MAX_QUOTED);
        String word = ModifiedUtf8.decodeLeniently(tokens.bytes(), start, end);
        return switch (word) {
            case "null" -> JsonNull.INSTANCE;
            case "true" -> new JsonPrimitive(Boolean.TRUE);
            case "false" -> new JsonPrimitive(Boolean.FALSE);
            default -> throw new JsonParseException("invalid keyword '" + word + "'");
        };
    }

    /** A container whose end has not been read yet, and for an object the name of the member whose value comes next. */
    private static final class Open {
        final JsonElement container;
        String name;

        Open(JsonElement container) {
            this.container = container;
        }
    }
}
