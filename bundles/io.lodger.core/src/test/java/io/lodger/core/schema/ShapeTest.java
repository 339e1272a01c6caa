package io.lodger.core.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lodger.command.Doc;
import io.lodger.command.Unsigned;
import io.lodger.command.WireName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final String FORMS = " has no form on the wire; there are records, List, Map<String, T>, String, byte[], enums, "
            + "boolean, double and the integer types";

    private static void assertRefused(String message, Class<?> type) {
        assertEquals(message, assertThrows(UnsupportedTypeException.class, () -> Shape.ofArguments(type)).getMessage());
    }

    @Test
    void aTypeWithoutAFormIsNamedWithItsPlaceAndWithWhatWouldDo() {
        record Inner(Instant since) {
        }
        record Outer(List<Inner> entries) {
        }
        record Sets(Set<String> names) {
        }
        record Numbered(Map<Long, String> names) {
        }
        record Floats(float load) {
        }
        assertRefused("component 'entries.since' of the arguments: type java.time.Instant" + FORMS, Outer.class);
        assertRefused("component 'names' of the arguments: type java.util.Set<java.lang.String>" + FORMS, Sets.class);
        assertRefused("component 'names' of the arguments: type java.util.Map<java.lang.Long, java.lang.String>" + FORMS, Numbered.class);
        assertRefused("component 'load' of the arguments: type float" + FORMS, Floats.class);
        assertEquals("the result: type java.time.Instant" + FORMS,
                assertThrows(UnsupportedTypeException.class, () -> Shape.of(Instant.class)).getMessage());
    }

    @Test
    void optionalIsForComponentsOnly() {
        record Twice(Optional<Optional<String>> name) {
        }
        record Elements(List<Optional<String>> names) {
        }
        record Primitive(OptionalLong size) {
        }
        assertRefused("component 'name' of the arguments: Optional may only be the type of a record component", Twice.class);
        assertRefused("component 'names' of the arguments: Optional may only be the type of a record component", Elements.class);
        assertRefused("component 'size' of the arguments: type java.util.OptionalLong" + FORMS, Primitive.class);
    }

    @Test
    void aValueOfAnyFormIsForResultsOnly() {
        record Free(Object value) {
        }
        assertInstanceOf(Shape.ObjectShape.class, Shape.of(Free.class));
        assertRefused("component 'value' of the arguments: type java.lang.Object" + FORMS, Free.class);
        assertRefused("the arguments: type java.lang.Void" + FORMS, Void.class);
    }

    record Tree(String name, List<Tree> children) {
    }

    @Test
    void aRecordThatContainsItselfIsRefused() {
        assertRefused("component 'children' of the arguments: record Tree contains itself", Tree.class);
    }

    @Test
    void unsignedIsForIntegersOnly() {
        record Wrong(@Unsigned String size) {
        }
        assertRefused("component 'size' of the arguments: @Unsigned belongs on an integer, not on java.lang.String", Wrong.class);
    }

    @Test
    void twoComponentsCantHaveOneName() {
        record Twins(String rxBytes, @WireName("rx-bytes") String other) {
        }
        assertRefused("component 'other' of the arguments: another component is called 'rx-bytes' on the wire as well", Twins.class);
    }

    enum Mode {
        READ_ONLY, @WireName("rb+") UPDATE
    }

    record Inner(@Doc("How often.") @Unsigned int count) {
    }

    record Everything(
            @Doc("What it is called.") String bufB64, byte int8, @Unsigned long uint64, double number, boolean truth, byte[] data,
            Mode mode, Optional<List<Inner>> list, @WireName("odd_name") Map<String, Long> map, Object any) {
    }

    @Test
    void theSchemaSaysWhatTheBindingChecks() {
        var schema = JsonSchema.of(Shape.of(Everything.class));
        var text = schema.toString();
        assertEquals("{type=object, properties={"
                + "buf-b64={description=What it is called., type=string}, "
                + "int8={type=integer, minimum=-128, maximum=127}, "
                + "uint64={type=integer, minimum=0, maximum=18446744073709551615}, "
                + "number={type=number}, truth={type=boolean}, data={type=string, contentEncoding=base64}, "
                + "mode={type=string, enum=[read-only, rb+]}, "
                + "list={type=array, items={type=object, properties={"
                + "count={description=How often., type=integer, minimum=0, maximum=4294967295}}, required=[count], "
                + "additionalProperties=false}}, "
                + "odd_name={type=object, additionalProperties={"
                + "type=integer, minimum=-9223372036854775808, maximum=9223372036854775807}}, any={}}, "
                + "required=[buf-b64, int8, uint64, number, truth, data, mode, odd_name, any], additionalProperties=false}", text);
        assertEquals("{type=object, properties={}, required=[], additionalProperties=false}",
                JsonSchema.of(Shape.of(Void.class)).toString());
    }
}
