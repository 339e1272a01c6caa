package io.lodger.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lodger.command.NoArguments;
import io.lodger.command.Unsigned;
import io.lodger.core.schema.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static String write(Class<?> type, Object result) throws Exception {
        var out = new GrowingBuffer();
        new Binding(Shape.ofArguments(NoArguments.class), Shape.of(type)).result(result).writeTo(out);
        return new String(out.toByteArray(), StandardCharsets.US_ASCII);
    }

    private static void assertRefused(String message, Class<?> type, Object result) {
        assertEquals(message, assertThrows(IllegalStateException.class, () -> write(type, result)).getMessage());
    }

    enum State {
        UP, GOING_DOWN
    }

    record Everything(
            long int64, @Unsigned long uint64, @Unsigned int uint32, @Unsigned byte uint8, double number, boolean truth, String text,
            byte[] data, State state, List<Inner> list, Map<String, Long> map, Optional<Inner> there, Optional<Inner> notThere,
            Object any) {
    }

    record Inner(Integer deepName) {
    }

    @Test
    void everyTypeHasItsFormOnTheWire() throws Exception {
        assertEquals("{\"int64\": -9223372036854775808, \"uint64\": 18446744073709551615, \"uint32\": 4294967295, \"uint8\": 255, "
                        + "\"number\": 1.1000000000000001, \"truth\": true, \"text\": \"a\\\"/\", \"data\": \"AP8=\", "
                        + "\"state\": \"going-down\", \"list\": [{\"deep-name\": 1}], \"map\": {\"free name\": 2}, "
                        + "\"there\": {\"deep-name\": 3}, \"any\": {\"a\": [1, \"b\", true]}}",
                write(Everything.class, new Everything(Long.MIN_VALUE, -1, -1, (byte) -1, 1.1, true, "a\"/", new byte[] {0, -1},
                        State.GOING_DOWN, List.of(new Inner(1)), Map.of("free name", 2L), Optional.of(new Inner(3)), Optional.empty(),
                        Map.of("a", List.of(1, "b", true)))));
    }

    @Test
    void nothingIsTheEmptyObject() throws Exception {
        assertEquals("{}", write(Void.class, null));
    }

    record Holder(List<Inner> inners, Optional<String> text) {
    }

    @Test
    void aMissingValueIsNamed() {
        assertRefused("The command returned no value for its result", Holder.class, null);
        assertRefused("The command returned no value for 'inners'", Holder.class, new Holder(null, Optional.empty()));
        assertRefused("The command returned no value for 'inners[1].deep-name'", Holder.class,
                new Holder(List.of(new Inner(1), new Inner(null)), Optional.empty()));
        assertRefused("The command returned no value for 'text'", Holder.class, new Holder(List.of(), null));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    @Test
    void whatIsNotOfThePromisedTypeIsNotSent() {
        record Names(List<String> names) {
        }
        record Numbers(List<Long> numbers) {
        }
        assertRefused("The command returned a java.lang.Integer for 'names[0]', which is not what its type promises",
                Names.class, new Names((List) List.of(1)));
        assertRefused("The command returned a java.lang.Double for 'numbers[1]', which is not what its type promises",
                Numbers.class, new Numbers((List) List.of(1L, Double.NaN)));
    }

    @Test
    void aNumberThatJsonCantExpressIsNamed() {
        record Load(double one) {
        }
        assertRefused("The command returned NaN for 'one', which JSON can't express", Load.class, new Load(Double.NaN));
        assertRefused("The command returned Infinity for 'one', which JSON can't express", Load.class, new Load(1 / 0.0));
    }
}
