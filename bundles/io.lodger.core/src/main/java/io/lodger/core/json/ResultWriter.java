package io.lodger.core.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lodger.core.schema.Shape;
import java.math.BigDecimal;
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
            throw new IllegalStateException("The command returned no value for " + named(path));
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
                object.add((String) member.getKey(), write(map.value(), member.getValue(), nested(path, (String) member.getKey())));
            }
            return object;
        }
        if (shape instanceof Shape.EnumShape names) {
            return new JsonPrimitive(names.names().get(((Enum<?>) value).ordinal()));
        }
        if (shape instanceof Shape.IntegerShape integer) {
            var number = (Number) checked(value, value instanceof Long || value instanceof Integer || value instanceof Short
                    || value instanceof Byte, path);
            return new JsonPrimitive(integer.unsigned() ? unsigned(number, integer.bits()) : number);
        }
        if (shape instanceof Shape.AnyShape) {
            return any(value, path);
        }
        boolean promised = shape instanceof Shape.TextShape && value instanceof String
                || shape instanceof Shape.BooleanShape && value instanceof Boolean
                || shape instanceof Shape.BytesShape && value instanceof byte[]
                || shape instanceof Shape.NumberShape && value instanceof Double;
        return scalar(checked(value, promised, path), path);
    }

    private static Object checked(Object value, boolean promised, String path) {
        if (!promised) {
            throw new IllegalStateException("The command returned a " + value.getClass().getName() + " for " + named(path)
                    + ", which is not what its type promises");
        }
        return value;
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
            object.add(member.name(), write(member.shape(), component, nested(path, member.name())));
        }
        return object;
    }

    private static String nested(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String named(String path) {
        return path.isEmpty() ? "its result" : "'" + path + "'";
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
        if ((value instanceof Double || value instanceof Float) && !Double.isFinite(((Number) value).doubleValue())) {
            throw new IllegalStateException("The command returned " + value + " for " + named(path) + ", which JSON can't express");
        }
        if (value instanceof Number number && number.getClass().getPackage() == Number.class.getPackage()
                || value instanceof BigInteger || value instanceof BigDecimal) {
            return new JsonPrimitive((Number) value);
        }
        throw new IllegalStateException("The command returned a " + value.getClass().getName() + " for " + named(path)
                + ", which has no form on the wire");
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
