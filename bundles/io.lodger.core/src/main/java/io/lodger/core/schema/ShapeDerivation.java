package io.lodger.core.schema;

import io.lodger.command.Doc;
import io.lodger.command.Unsigned;
import io.lodger.command.WireName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks a type of the contract and says what it looks like on the wire. */
final class ShapeDerivation {

    private static final Map<Class<?>, Integer> INTEGERS = Map.of(
            long.class, 64, Long.class, 64, int.class, 32, Integer.class, 32,
            short.class, 16, Short.class, 16, byte.class, 8, Byte.class, 8);

    private final Deque<String> place = new ArrayDeque<>();
    private final Deque<Class<?>> records = new ArrayDeque<>();

    private final boolean result;

    private ShapeDerivation(boolean result) {
        this.result = result;
    }

    static Shape derive(Type type, boolean result) {
        return result && type == Void.class ? new Shape.NothingShape() : new ShapeDerivation(result).shape(type, false);
    }

    private Shape shape(Type type, boolean unsigned) {
        if (type instanceof Class<?> c) {
            return ofClass(c, unsigned);
        }
        if (type instanceof ParameterizedType p) {
            var arguments = p.getActualTypeArguments();
            if (p.getRawType() == List.class) {
                return new Shape.ListShape(shape(arguments[0], unsigned));
            }
            if (p.getRawType() == Map.class && arguments[0] == String.class) {
                return new Shape.MapShape(shape(arguments[1], unsigned));
            }
            if (p.getRawType() == Optional.class) {
                throw unsupported("Optional may only be the type of a record component");
            }
        }
        throw unsupported("type " + type.getTypeName() + " has no form on the wire; there are records, List, Map<String, T>, String, "
                + "byte[], enums, boolean, double and the integer types");
    }

    private Shape ofClass(Class<?> type, boolean unsigned) {
        var bits = INTEGERS.get(type);
        if (bits != null) {
            return new Shape.IntegerShape(bits, unsigned);
        }
        if (unsigned) {
            throw unsupported("@Unsigned belongs on an integer, not on " + type.getTypeName());
        }
        if (type == String.class) {
            return new Shape.TextShape();
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Shape.BooleanShape();
        }
        if (type == double.class || type == Double.class) {
            return new Shape.NumberShape();
        }
        if (type == byte[].class) {
            return new Shape.BytesShape();
        }
        if (type == Object.class && result) {
            return new Shape.AnyShape();
        }
        if (type.isEnum()) {
            return ofEnum(type);
        }
        if (type.isRecord()) {
            return ofRecord(type);
        }
        return shape(new TypeName(type), false);
    }

    /** Leads a class without a form into the one place that refuses types. */
    private record TypeName(Class<?> type) implements Type {
        @Override
        public String getTypeName() {
            return type.getTypeName();
        }
    }

    private Shape ofEnum(Class<?> type) {
        var constants = Arrays.stream(type.getEnumConstants()).<Enum<?>>map(c -> (Enum<?>) c).toList();
        var names = constants.stream().map(ShapeDerivation::wireName).toList();
        return new Shape.EnumShape(names, constants);
    }

    private static String wireName(Enum<?> constant) {
        try {
            var given = constant.getDeclaringClass().getField(constant.name()).getAnnotation(WireName.class);
            return given != null ? given.value() : WireNames.ofConstant(constant.name());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("an enum constant is always a field of its class", e);
        }
    }

    private Shape ofRecord(Class<?> type) {
        if (records.contains(type)) {
            throw unsupported("record " + type.getSimpleName() + " contains itself");
        }
        records.push(type);
        var members = new ArrayList<Shape.Member>();
        for (var component : type.getRecordComponents()) {
            place.addLast(component.getName());
            var member = member(component);
            if (members.stream().anyMatch(other -> other.name().equals(member.name()))) {
                throw unsupported("another component is called '" + member.name() + "' on the wire as well");
            }
            members.add(member);
            place.removeLast();
        }
        records.pop();
        return new Shape.ObjectShape(new RecordType(type), List.copyOf(members));
    }

    private Shape.Member member(RecordComponent component) {
        var type = component.getGenericType();
        var optional = type instanceof ParameterizedType p && p.getRawType() == Optional.class;
        if (optional) {
            type = ((ParameterizedType) type).getActualTypeArguments()[0];
        }
        var given = component.getAnnotation(WireName.class);
        var name = given != null ? given.value() : WireNames.ofComponent(component.getName());
        var doc = component.getAnnotation(Doc.class);
        var shape = shape(type, component.isAnnotationPresent(Unsigned.class));
        return new Shape.Member(name, doc == null ? "" : doc.value(), optional, shape);
    }

    private UnsupportedTypeException unsupported(String why) {
        var whole = result ? "the result" : "the arguments";
        var where = place.isEmpty() ? whole + ": " : "component '" + String.join(".", place) + "' of " + whole + ": ";
        return new UnsupportedTypeException(where + why);
    }
}
