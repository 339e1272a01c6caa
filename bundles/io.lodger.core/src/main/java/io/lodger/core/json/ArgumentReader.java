package io.lodger.core.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lodger.core.schema.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Turns JSON values into the Java values of a shape, and refuses whatever doesn't fit in the words of qemu-ga. Members are checked
 * in the order of the record's components; members that the record doesn't know come last.
 */
final class ArgumentReader {

    private static final BigInteger UINT64_VALUES = BigInteger.ONE.shiftLeft(64);

    private ArgumentReader() {
    }

    /** Reads a value; {@code path} is its full name as errors give it, such as {@code vcpus[0].logical-id}. */
    static Object read(Shape shape, JsonElement value, String path) throws Exception {
        if (shape instanceof Shape.IntegerShape integer) {
            return integer(integer, value, path);
        }
        if (shape instanceof Shape.TextShape) {
            return text(value, path);
        }
        if (shape instanceof Shape.BooleanShape) {
            if (value instanceof JsonPrimitive p && p.isBoolean()) {
                return p.getAsBoolean();
            }
            throw wrongType(path, "boolean");
        }
        if (shape instanceof Shape.NumberShape) {
            return number(value, path).doubleValue();
        }
        if (shape instanceof Shape.BytesShape) {
            return bytes(text(value, path));
        }
        if (shape instanceof Shape.EnumShape names) {
            var name = text(value, path);
            int index = names.names().indexOf(name);
            if (index < 0) {
                throw new ArgumentException("Parameter '" + path + "' does not accept value '" + name + "'");
            }
            return names.constants().get(index);
        }
        if (shape instanceof Shape.ListShape list) {
            return list(list, value, path);
        }
        if (shape instanceof Shape.MapShape map) {
            return map(map, value, path);
        }
        if (shape instanceof Shape.ObjectShape object && value instanceof JsonObject members) {
            return record(object, members, path);
        }
        throw wrongType(path, "object");
    }

    private static Object record(Shape.ObjectShape shape, JsonObject object, String path) throws Exception {
        var members = shape.members();
        var values = new Object[members.size()];
        int known = 0;
        for (int i = 0; i < values.length; i++) {
            var member = members.get(i);
            var element = object.get(member.name());
            if (element != null) {
                known++;
                var value = read(member.shape(), element, nested(path, member.name()));
                values[i] = member.optional() ? Optional.of(value) : value;
            } else if (member.optional()) {
                values[i] = Optional.empty();
            } else {
                throw new ArgumentException("Parameter '" + nested(path, member.name()) + "' is missing");
            }
        }
        if (known < object.size()) {
            var unknown = object.keySet().stream().filter(n -> members.stream().noneMatch(m -> m.name().equals(n))).findFirst();
            throw new ArgumentException("Parameter '" + nested(path, unknown.orElseThrow()) + "' is unexpected");
        }
        try {
            return shape.type().create(values);
        } catch (IllegalArgumentException e) {
            // By which a record's compact constructor refuses values.
            throw e.getMessage() == null ? e : new ArgumentException(e.getMessage());
        }
    }

    private static Object list(Shape.ListShape shape, JsonElement value, String path) throws Exception {
        if (!(value instanceof JsonArray array)) {
            throw wrongType(path, "array");
        }
        var list = new ArrayList<Object>(array.size());
        for (int i = 0; i < array.size(); i++) {
            list.add(read(shape.element(), array.get(i), path + "[" + i + "]"));
        }
        return list;
    }

    private static Object map(Shape.MapShape shape, JsonElement value, String path) throws Exception {
        if (!(value instanceof JsonObject object)) {
            throw wrongType(path, "object");
        }
        var map = new LinkedHashMap<String, Object>();
        for (var member : object.entrySet()) {
            map.put(member.getKey(), read(shape.value(), member.getValue(), nested(path, member.getKey())));
        }
        return map;
    }

    private static Object integer(Shape.IntegerShape shape, JsonElement value, String path) throws ArgumentException {
        long number = shape.unsigned() ? uint64(value, path) : int64(value, path);
        if (shape.bits() == 64) {
            return number;
        }
        long least = shape.unsigned() ? 0 : -1L << shape.bits() - 1;
        long most = shape.unsigned() ? (1L << shape.bits()) - 1 : ~least;
        if (number < least || number > most) {
            throw new ArgumentException("Parameter '" + path + "' expects " + (shape.unsigned() ? "uint" : "int") + shape.bits());
        }
        return narrowed(number, shape.bits());
    }

    private static long int64(JsonElement value, String path) throws ArgumentException {
        if (value instanceof JsonPrimitive p && p.isNumber() && p.getAsNumber() instanceof Long exact) {
            return exact;
        }
        throw wrongType(path, "integer");
    }

    /** As QEMU does, takes a negative number for the unsigned one of the same bits. */
    private static long uint64(JsonElement value, String path) throws ArgumentException {
        if (value instanceof JsonPrimitive p && p.isNumber()) {
            if (p.getAsNumber() instanceof Long exact) {
                return exact;
            }
            if (p.getAsNumber() instanceof BigInteger exact && exact.signum() >= 0 && exact.compareTo(UINT64_VALUES) < 0) {
                return exact.longValue();
            }
        }
        throw new ArgumentException("Parameter '" + path + "' expects uint64");
    }

    private static Object narrowed(long value, int bits) {
        return switch (bits) {
            case 8 -> (byte) value;
            case 16 -> (short) value;
            default -> (int) value;
        };
    }

    private static Number number(JsonElement value, String path) throws ArgumentException {
        if (value instanceof JsonPrimitive p && p.isNumber()) {
            return p.getAsNumber();
        }
        throw wrongType(path, "number");
    }

    private static String text(JsonElement value, String path) throws ArgumentException {
        if (value instanceof JsonPrimitive p && p.isString()) {
            return p.getAsString();
        }
        throw wrongType(path, "string");
    }

    private static byte[] bytes(String base64) throws ArgumentException {
        try {
            // Line feeds are what base64(1) puts in, and what QEMU's agent passes over.
            return Base64.getDecoder().decode(base64.indexOf('\n') < 0 ? base64 : base64.replace("\n", ""));
        } catch (IllegalArgumentException e) {
            throw new ArgumentException("Base64 data contains invalid characters");
        }
    }

    private static String nested(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static ArgumentException wrongType(String path, String expected) {
        return new ArgumentException("Invalid parameter type for '" + path + "', expected: " + expected);
    }
}
