package io.lodger.core.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes JSON as QEMU's guest agent spells it: one line of ASCII, a space after each colon and comma, {@code \}uXXXX in upper case
 * for everything beyond it, integers exact, other numbers as {@link PrintfDouble} spells them. The stack it needs does not grow with
 * the depth of the tree.
 */
final class AsciiJson {

    private final GrowingBuffer out;
    private final ArrayDeque<Open> open = new ArrayDeque<>();

    private AsciiJson(GrowingBuffer out) {
        this.out = out;
    }

    /** Adds a tree to {@code out}. */
    static void write(JsonElement tree, GrowingBuffer out) {
        new AsciiJson(out).write(tree);
    }

    private void write(JsonElement tree) {
        begin(tree);
        while (!open.isEmpty()) {
            var container = open.element();
            if (!container.members.hasNext()) {
                out.append(open.remove().closing);
                continue;
            }
            if (!container.first) {
                out.append(", ");
            }
            container.first = false;
            var member = container.members.next();
            if (member instanceof Map.Entry<?, ?> entry) {
                AsciiString.append((String) entry.getKey(), out);
                out.append(": ");
                begin((JsonElement) entry.getValue());
            } else {
                begin((JsonElement) member);
            }
        }
    }

    /** Writes a scalar, or opens a container. */
    private void begin(JsonElement value) {
        if (value instanceof JsonObject object) {
            out.append('{');
            open.push(new Open(object.entrySet().iterator(), '}'));
        } else if (value instanceof JsonArray array) {
            out.append('[');
            open.push(new Open(array.iterator(), ']'));
        } else if (!(value instanceof JsonPrimitive primitive)) {
            out.append("null");
        } else if (primitive.isString()) {
            AsciiString.append(primitive.getAsString(), out);
        } else if (primitive.isBoolean()) {
            out.append(primitive.getAsBoolean() ? "true" : "false");
        } else {
            number(primitive.getAsNumber(), out);
        }
    }

    /** Adds a number. */
    static void number(Number value, GrowingBuffer out) {
        boolean floatingPoint = value instanceof Double || value instanceof Float || value instanceof BigDecimal;
        out.append(floatingPoint ? PrintfDouble.format(value.doubleValue()) : value.toString());
    }

    /** A container that isn't closed yet. */
    private static final class Open {

        private final Iterator<?> members;
        private final char closing;
        private boolean first = true;

        Open(Iterator<?> members, char closing) {
            this.members = members;
            this.closing = closing;
        }
    }
}
