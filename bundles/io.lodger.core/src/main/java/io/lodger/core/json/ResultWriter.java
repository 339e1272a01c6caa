package io.lodger.core.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lodger.core.schema.Shape;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what a command returned into JSON. A result that isn't what its type promises is a failure of the command. */
final class ResultWriter {

    private ResultWriter() {
    }

    /** Writes a value; {@code path} names it in errors. */
    static JsonElement write(Shape shape, Object value, String path) throws Exception {
        if (shape instanceof Shape.NothingShape) {
            return new JsonObject();
        }
        if (value == null) {
            throw new IllegalStateException("The command returned no value for " + (path.isEmpty() ? "its result" : "'" + path + "'"));
        }
        if (shape instanceof Shape.ObjectShape object) {
            return record(object, value, path);
        }
        if (shape instanceof Shape.ListShape list) {
            var array = new JsonArray(((List<?>) value).size());
            int i = 0;
            for (var element : (List<?>) value) {
                array.add(write(list.element(), element, path + "[" + i++ + "]"));
            }
            return array;
        }
        if (shape instanceof Shape.MapShape map) {
            var object = new JsonObject();
            for (var member : ((Map<?, ?>) value).entrySet()) {
                object.add((String) member.getKey(), write(map.value(), member.getValue(), path + "." + member.getKey()));
            }
            return object;
        }
        if (shape instanceof Shape.EnumShape names) {
            return new JsonPrimitive(names.names().get(((Enum<?>) value).ordinal()));
        }
        if (shape instanceof Shape.IntegerShape integer) {
            return new JsonPrimitive(integer.unsigned() ? unsigned((Number) value, integer.bits()) : (Number) value);
        }
        if (shape instanceof Shape.AnyShape) {
            return any(value, path);
        }
        return scalar(value, path);
    }

    private static JsonElement record(Shape.ObjectShape shape, Object value, String path) throws Exception {
        var object = new JsonObject();
        var members = shape.members();
        for (int i = 0; i < members.size(); i++) {
            var member = members.get(i);
            var component = shape.type().get(value, i);
            if (member.optional() && component instanceof Optional<?> optional) {
                if (optional.isEmpty()) {
                    continue;
                }
                component = optional.get();
            }
            var name = path.isEmpty() ? member.name() : path + "." + member.name();
            object.add(member.name(), write(member.shape(), component, name));
        }
        return object;
    }

    private static JsonElement scalar(Object value, String path) {
        if (value instanceof String text) {
            return new JsonPrimitive(text);
        }
        if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        }
        if (value instanceof byte[] bytes) {
            return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new IllegalStateException("The command returned " + number + " for '" + path + "', which JSON can't express");
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        throw new IllegalStateException("The command returned a " + value.getClass().getName() + " for '" + path
                + "', which has no form on the wire");
    }

    private static JsonElement any(Object value, String path) throws Exception {
        if (value instanceof Map<?, ?>) {
            return write(new Shape.MapShape(new Shape.AnyShape()), value, path);
        }
        if (value instanceof List<?>) {
            return write(new Shape.ListShape(new Shape.AnyShape()), value, path);
        }
        return scalar(value, path);
    }

    private static Number unsigned(Number value, int bits) {
        if (bits < 64) {
            return value.longValue() & (1L << bits) - 1;
        }
        long signed = value.longValue();
        return signed >= 0 ? (Number) signed : (Number) new BigInteger(Long.toUnsignedString(signed));
    }
}
