package io.lodger.core.json;

import io.lodger.core.schema.Shape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command returned, on its way to the wire. A result may be large: it is written as it is taken apart, and nothing is built
 * of it in between.
 */
public final class Result {

    private final Shape shape;
    private final Object value;

    Result(Shape shape, Object value) {
        this.shape = shape;
        this.value = value;
    }

    /** What a job returned; only the value itself tells its type. Null is the empty object. */
    public static Result of(Object value) {
        return new Result(value == null ? new Shape.NothingShape() : new Shape.AnyShape(), value);
    }

    /**
     * Writes the result as the wire spells it.
     *
     * @throws IllegalStateException when it isn't what its type promises, which is a failure of the command; the message names the
     *     member. What was written until then is of no use
     * @throws Exception what an accessor of a record threw
     */
    public void writeTo(GrowingBuffer out) throws Exception {
        try {
            write(shape, value, out);
        } catch (BrokenPromise e) {
            throw new IllegalStateException(e.sentence());
        }
    }

    private static void write(Shape shape, Object value, GrowingBuffer out) throws Exception {
        if (shape instanceof Shape.NothingShape) {
            out.append("{}");
        } else if (value == null) {
            throw new BrokenPromise("The command returned no value for ", "");
        } else if (shape instanceof Shape.TextShape && value instanceof String text) {
            AsciiString.append(text, out);
        } else if (shape instanceof Shape.IntegerShape integer
                && (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte)) {
            integer(integer, ((Number) value).longValue(), out);
        } else if (shape instanceof Shape.ObjectShape object) {
            record(object, value, out);
        } else if (shape instanceof Shape.ListShape list) {
            list(list, (List<?>) value, out);
        } else if (shape instanceof Shape.MapShape map) {
            map(map, (Map<?, ?>) value, out);
        } else if (shape instanceof Shape.EnumShape names) {
            AsciiString.append(names.names().get(((Enum<?>) value).ordinal()), out);
        } else if (shape instanceof Shape.AnyShape) {
            any(value, out);
        } else if (shape instanceof Shape.BooleanShape && value instanceof Boolean
                || shape instanceof Shape.BytesShape && value instanceof byte[]
                || shape instanceof Shape.NumberShape && value instanceof Double) {
            scalar(value, out);
        } else {
            throw new BrokenPromise("The command returned a " + value.getClass().getName() + " for ",
                    ", which is not what its type promises");
        }
    }

    private static void record(Shape.ObjectShape shape, Object value, GrowingBuffer out) throws Exception {
        out.append('{');
        boolean first = true;
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
            member(member.name(), member.shape(), component, first, out);
            first = false;
        }
        out.append('}');
    }

    private static void map(Shape.MapShape shape, Map<?, ?> value, GrowingBuffer out) throws Exception {
        out.append('{');
        boolean first = true;
        for (var member : value.entrySet()) {
            member((String) member.getKey(), shape.value(), member.getValue(), first, out);
            first = false;
        }
        out.append('}');
    }

    private static void member(String name, Shape shape, Object value, boolean first, GrowingBuffer out) throws Exception {
        if (!first) {
            out.append(", ");
        }
        AsciiString.append(name, out);
        out.append(": ");
        try {
            write(shape, value, out);
        } catch (BrokenPromise e) {
            throw e.in("." + name);
        }
    }

    private static void list(Shape.ListShape shape, List<?> value, GrowingBuffer out) throws Exception {
        out.append('[');
        int i = 0;
        for (var element : value) {
            if (i > 0) {
                out.append(", ");
            }
            try {
                write(shape.element(), element, out);
            } catch (BrokenPromise e) {
                throw e.in("[" + i + "]");
            }
            i++;
        }
        out.append(']');
    }

    private static void integer(Shape.IntegerShape shape, long value, GrowingBuffer out) {
        if (!shape.unsigned()) {
            out.append(Long.toString(value));
        } else if (shape.bits() < Long.SIZE) {
            out.append(Long.toString(value & (1L << shape.bits()) - 1));
        } else {
            out.append(Long.toUnsignedString(value));
        }
    }

    private static void scalar(Object value, GrowingBuffer out) throws BrokenPromise {
        if (value instanceof String text) {
            AsciiString.append(text, out);
        } else if (value instanceof byte[] bytes) {
            AsciiString.append(Base64.getEncoder().encodeToString(bytes), out);
        } else if (value instanceof Boolean truth) {
            out.append(truth ? "true" : "false");
        } else if ((value instanceof Double || value instanceof Float) && !Double.isFinite(((Number) value).doubleValue())) {
            throw new BrokenPromise("The command returned " + value + " for ", ", which JSON can't express");
        } else if (value instanceof Number number && number.getClass().getPackage() == Number.class.getPackage()
                || value instanceof BigInteger || value instanceof BigDecimal) {
            AsciiJson.number((Number) value, out);
        } else {
            throw new BrokenPromise("The command returned a " + value.getClass().getName() + " for ", ", which has no form on the wire");
        }
    }

    private static void any(Object value, GrowingBuffer out) throws Exception {
        if (value instanceof Map<?, ?> map) {
            map(new Shape.MapShape(new Shape.AnyShape()), map, out);
        } else if (value instanceof List<?> list) {
            list(new Shape.ListShape(new Shape.AnyShape()), list, out);
        } else if (value instanceof Record || value instanceof Enum<?>) {
            write(Shape.of(value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass()), value, out);
        } else if (value instanceof WrittenJson written) {
            written.writeTo(out);
        } else {
            scalar(value, out);
        }
    }

    /** Says where in the result something is wrong; the place is put together on the way out, so that a good result pays nothing. */
    private static final class BrokenPromise extends Exception {

        private static final long serialVersionUID = 1;

        private final String before;
        private final String after;
        private String path = "";

        BrokenPromise(String before, String after) {
            super(null, null, false, false);
            this.before = before;
            this.after = after;
        }

        BrokenPromise in(String place) {
            path = place + path;
            return this;
        }

        String sentence() {
            return before + (path.isEmpty() ? "its result" : "'" + (path.startsWith(".") ? path.substring(1) : path) + "'") + after;
        }
    }
}
