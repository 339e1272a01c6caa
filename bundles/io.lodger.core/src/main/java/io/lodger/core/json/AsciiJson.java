package io.lodger.core.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes JSON into a buffer as QEMU's guest agent spells it: one line of ASCII, a space after each colon and comma,
 * {@code \}uXXXX in upper case for everything beyond it, integers exact, other numbers as {@link PrintfDouble} spells them.
 *
 * <p>It takes the place of Gson's writer, whose output it makes itself: the settings for indentation, HTML and strictness have no
 * effect, {@link #setSerializeNulls} has. There is nothing to flush or close. Begins and ends have to match.
 */
public final class AsciiJson extends JsonWriter {

    private final GrowingBuffer out;
    private String name;
    private boolean first = true;

    /** Makes a writer that adds one value to {@code out}. */
    public AsciiJson(GrowingBuffer out) {
        super(Writer.nullWriter());
        this.out = out;
    }

    /** Writes a whole tree, however deep; nulls in it are written whatever the setting. */
    public AsciiJson value(JsonElement tree) {
        var open = new ArrayDeque<Open>();
        JsonElement next = tree;
        while (true) {
            if (next.isJsonObject()) {
                beginObject();
                open.push(new Open(next, next.getAsJsonObject().entrySet().iterator()));
            } else if (next.isJsonArray()) {
                beginArray();
                open.push(new Open(next, next.getAsJsonArray().iterator()));
            } else {
                scalar(next);
            }
            while (!open.isEmpty() && !open.element().members.hasNext()) {
                end(open.pop().container instanceof JsonObject ? '}' : ']');
            }
            if (open.isEmpty()) {
                return this;
            }
            Object member = open.element().members.next();
            if (member instanceof Map.Entry<?, ?> entry) {
                name((String) entry.getKey());
                next = (JsonElement) entry.getValue();
            } else {
                next = (JsonElement) member;
            }
        }
    }

    @Override
    public AsciiJson beginArray() {
        return begin('[');
    }

    @Override
    public AsciiJson endArray() {
        return end(']');
    }

    @Override
    public AsciiJson beginObject() {
        return begin('{');
    }

    @Override
    public AsciiJson endObject() {
        return end('}');
    }

    @Override
    public AsciiJson name(String newName) {
        name = newName;
        return this;
    }

    @Override
    public AsciiJson value(String value) {
        if (value == null) {
            return nullValue();
        }
        separate();
        AsciiString.append(value, out);
        return this;
    }

    @Override
    public AsciiJson value(boolean value) {
        return word(value ? "true" : "false");
    }

    @Override
    public AsciiJson value(Boolean value) {
        return value == null ? nullValue() : value(value.booleanValue());
    }

    @Override
    public AsciiJson value(long value) {
        return word(Long.toString(value));
    }

    @Override
    public AsciiJson value(float value) {
        return value((double) value);
    }

    /** Writes a number. An infinity becomes a number too great for a double, which is what one was read from. */
    @Override
    public AsciiJson value(double value) {
        return word(PrintfDouble.format(value));
    }

    @Override
    public AsciiJson value(Number value) {
        if (value == null) {
            return nullValue();
        }
        return value instanceof Double || value instanceof Float ? value(value.doubleValue()) : word(value.toString());
    }

    @Override
    public AsciiJson nullValue() {
        if (name != null && !getSerializeNulls()) {
            name = null;
            return this;
        }
        return word("null");
    }

    @Override
    public AsciiJson jsonValue(String value) {
        throw new UnsupportedOperationException("JSON text can't be passed through: it may be spelt in other ways than the wire's");
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
    }

    private void scalar(JsonElement element) {
        if (!(element instanceof JsonPrimitive primitive)) {
            word("null");
        } else if (primitive.isString()) {
            value(primitive.getAsString());
        } else if (primitive.isBoolean()) {
            value(primitive.getAsBoolean());
        } else {
            value(primitive.getAsNumber());
        }
    }

    private AsciiJson word(String ascii) {
        separate();
        out.append(ascii);
        return this;
    }

    private AsciiJson begin(char bracket) {
        separate();
        out.append(bracket);
        first = true;
        return this;
    }

    private AsciiJson end(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            out.append(", ");
        }
        first = false;
        if (name != null) {
            AsciiString.append(name, out);
            out.append(": ");
            name = null;
        }
    }

    private record Open(JsonElement container, Iterator<?> members) {
    }
}
