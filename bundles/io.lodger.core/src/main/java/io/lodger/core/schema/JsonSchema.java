package io.lodger.core.schema;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Describes a shape in JSON Schema (draft 2020-12): the keywords {@code type}, {@code description}, {@code properties},
 * {@code required}, {@code additionalProperties}, {@code items}, {@code enum}, {@code minimum}, {@code maximum} and
 * {@code contentEncoding}.
 */
public final class JsonSchema {

    private JsonSchema() {
    }

    /** The schema as plain values: maps, lists, strings, booleans and integers. */
    public static Map<String, Object> of(Shape shape) {
        var schema = new LinkedHashMap<String, Object>();
        describe(shape, schema);
        return schema;
    }

    private static void describe(Shape shape, Map<String, Object> schema) {
        if (shape instanceof Shape.ObjectShape object) {
            schema.put("type", "object");
            describeMembers(object.members(), schema);
        } else if (shape instanceof Shape.NothingShape) {
            schema.put("type", "object");
            describeMembers(List.of(), schema);
        } else if (shape instanceof Shape.MapShape map) {
            schema.put("type", "object");
            schema.put("additionalProperties", of(map.value()));
        } else if (shape instanceof Shape.ListShape list) {
            schema.put("type", "array");
            schema.put("items", of(list.element()));
        } else if (shape instanceof Shape.EnumShape names) {
            schema.put("type", "string");
            schema.put("enum", names.names());
        } else if (shape instanceof Shape.IntegerShape integer) {
            schema.put("type", "integer");
            describeRange(integer, schema);
        } else if (shape instanceof Shape.BytesShape) {
            schema.put("type", "string");
            schema.put("contentEncoding", "base64");
        } else if (shape instanceof Shape.TextShape) {
            schema.put("type", "string");
        } else if (shape instanceof Shape.BooleanShape) {
            schema.put("type", "boolean");
        } else if (shape instanceof Shape.NumberShape) {
            schema.put("type", "number");
        }
        // Any value at all is what the empty schema says.
    }

    private static void describeMembers(List<Shape.Member> members, Map<String, Object> schema) {
        var properties = new LinkedHashMap<String, Object>();
        for (var member : members) {
            var property = new LinkedHashMap<String, Object>();
            if (!member.doc().isEmpty()) {
                property.put("description", member.doc());
            }
            describe(member.shape(), property);
            properties.put(member.name(), property);
        }
        schema.put("properties", properties);
        schema.put("required", members.stream().filter(m -> !m.optional()).map(Shape.Member::name).toList());
        schema.put("additionalProperties", false);
    }

    private static void describeRange(Shape.IntegerShape integer, Map<String, Object> schema) {
        var values = BigInteger.ONE.shiftLeft(integer.unsigned() ? integer.bits() : integer.bits() - 1);
        schema.put("minimum", integer.unsigned() ? BigInteger.ZERO : values.negate());
        schema.put("maximum", values.subtract(BigInteger.ONE));
    }
}
