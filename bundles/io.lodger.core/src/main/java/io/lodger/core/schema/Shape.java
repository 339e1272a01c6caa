package io.lodger.core.schema;

import java.lang.reflect.Type;
import java.util.List;

/**
 * What a Java type of the contract looks like on the wire. Derived once for each command, and then used both to bind its values
 * and to describe it, so that the two can't disagree.
 */
public sealed interface Shape {

    /**
     * The shape of a type.
     *
     * @throws UnsupportedTypeException when the contract has no form for it; the message names the component and what would do
     */
    static Shape of(Type type) {
        return ShapeDerivation.derive(type, true);
    }

    /**
     * The shape of a type of arguments. They have no values whose form is known at run time only, so that each can be checked.
     *
     * @throws UnsupportedTypeException as {@link #of} does
     */
    static Shape ofArguments(Type type) {
        return ShapeDerivation.derive(type, false);
    }

    /** An exact integer of 8, 16, 32 or 64 bits. */
    record IntegerShape(int bits, boolean unsigned) implements Shape {
    }

    /** A number with a fraction. */
    record NumberShape() implements Shape {
    }

    /** True or false. */
    record BooleanShape() implements Shape {
    }

    /** A string. */
    record TextShape() implements Shape {
    }

    /** Bytes, as a string in base64. */
    record BytesShape() implements Shape {
    }

    /** One of a few names; {@code names} and {@code constants} run side by side. */
    record EnumShape(List<String> names, List<Enum<?>> constants) implements Shape {
    }

    /** An array. */
    record ListShape(Shape element) implements Shape {
    }

    /** An object with members of free names. */
    record MapShape(Shape value) implements Shape {
    }

    /** Any value, in a result whose form is known at run time only. */
    record AnyShape() implements Shape {
    }

    /** The empty object of a command without a result. */
    record NothingShape() implements Shape {
    }

    /** An object with the members of a record, in their order. */
    record ObjectShape(RecordType type, List<Member> members) implements Shape {
    }

    /**
     * A member of an object.
     *
     * @param name its name on the wire
     * @param doc its sentence; empty when it has none
     */
    record Member(String name, String doc, boolean optional, Shape shape) {
    }
}
