package io.lodger.core.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lodger.command.Unsigned;
import io.lodger.command.WireName;
import io.lodger.core.schema.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    private static <R extends Record> R bind(Class<R> type, String json) throws Exception {
        var binding = new Binding(Shape.ofArguments(type), Shape.of(Void.class));
        return type.cast(binding.arguments(new Json(Message.parse(json))));
    }

    private static void assertRefused(String description, Class<? extends Record> type, String json) {
        assertEquals(description, assertThrows(ArgumentException.class, () -> bind(type, json)).getMessage());
    }

    record Signed(long int64, int int32, short int16, byte int8) {
    }

    @Test
    void signedIntegersReachToTheirBounds() throws Exception {
        assertEquals(new Signed(Long.MIN_VALUE, Integer.MIN_VALUE, Short.MIN_VALUE, Byte.MIN_VALUE), bind(Signed.class,
                "{'int64': -9223372036854775808, 'int32': -2147483648, 'int16': -32768, 'int8': -128}"));
        assertEquals(new Signed(Long.MAX_VALUE, Integer.MAX_VALUE, Short.MAX_VALUE, Byte.MAX_VALUE), bind(Signed.class,
                "{'int64': 9223372036854775807, 'int32': 2147483647, 'int16': 32767, 'int8': 127}"));
    }

    record Unsigneds(@Unsigned long uint64, @Unsigned int uint32, @Unsigned short uint16, @Unsigned byte uint8) {
    }

    @Test
    void unsignedIntegersReachToTheirBounds() throws Exception {
        assertEquals(new Unsigneds(-1, -1, (short) -1, (byte) -1), bind(Unsigneds.class,
                "{'uint64': 18446744073709551615, 'uint32': 4294967295, 'uint16': 65535, 'uint8': 255}"));
        assertEquals(new Unsigneds(0, 0, (short) 0, (byte) 0), bind(Unsigneds.class,
                "{'uint64': 0, 'uint32': -0, 'uint16': 0, 'uint8': 0}"));
    }

    record Int8(byte n) {
    }

    record Int16(short n) {
    }

    record Int32(int n) {
    }

    record Int64(long n) {
    }

    record Uint8(@Unsigned byte n) {
    }

    record Uint16(@Unsigned short n) {
    }

    record Uint32(@Unsigned int n) {
    }

    record Uint64(@Unsigned long n) {
    }

    @Test
    void beyondTheirBoundsIntegersAreRefused() {
        assertRefused("Parameter 'n' expects int8", Int8.class, "{'n': 128}");
        assertRefused("Parameter 'n' expects int8", Int8.class, "{'n': -129}");
        assertRefused("Parameter 'n' expects int16", Int16.class, "{'n': 32768}");
        assertRefused("Parameter 'n' expects int16", Int16.class, "{'n': -32769}");
        assertRefused("Parameter 'n' expects int32", Int32.class, "{'n': 2147483648}");
        assertRefused("Parameter 'n' expects int32", Int32.class, "{'n': -2147483649}");
        assertRefused("Invalid parameter type for 'n', expected: integer", Int64.class, "{'n': 9223372036854775808}");
        assertRefused("Invalid parameter type for 'n', expected: integer", Int64.class, "{'n': -9223372036854775809}");
        assertRefused("Parameter 'n' expects uint8", Uint8.class, "{'n': 256}");
        assertRefused("Parameter 'n' expects uint8", Uint8.class, "{'n': -1}");
        assertRefused("Parameter 'n' expects uint16", Uint16.class, "{'n': 65536}");
        assertRefused("Parameter 'n' expects uint32", Uint32.class, "{'n': 4294967296}");
        assertRefused("Parameter 'n' expects uint32", Uint32.class, "{'n': -1}");
        assertRefused("Parameter 'n' expects uint64", Uint64.class, "{'n': 18446744073709551616}");
    }

    @Test
    void aNegativeNumberStandsForTheUnsignedOneOfItsBits() throws Exception {
        assertEquals(new Uint64(-5), bind(Uint64.class, "{'n': -5}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'1'", "1.0", "1e3", "true", "null", "[1]", "{}"})
    void whatIsNoIntegerIsNotMadeOne(String value) {
        assertRefused("Invalid parameter type for 'n', expected: integer", Int64.class, "{'n': " + value + "}");
        assertRefused("Invalid parameter type for 'n', expected: integer", Int8.class, "{'n': " + value + "}");
        assertRefused("Parameter 'n' expects uint64", Uint64.class, "{'n': " + value + "}");
        assertRefused("Parameter 'n' expects uint64", Uint8.class, "{'n': " + value + "}");
    }

    enum Mode {
        READ_ONLY, @WireName("rb+") UPDATE
    }

    record Others(String text, boolean truth, double number, Mode mode, byte[] bufB64) {
    }

    @Test
    void everyOtherTypeIsBoundExactly() throws Exception {
        var bound = bind(Others.class, "{'text': '\\u00e4', 'truth': true, 'number': 12, 'mode': 'rb+', 'buf-b64': 'AAEC'}");
        assertEquals("\u00e4", bound.text());
        assertEquals(true, bound.truth());
        assertEquals(12.0, bound.number());
        assertEquals(Mode.UPDATE, bound.mode());
        assertArrayEquals(new byte[] {0, 1, 2}, bound.bufB64());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "'text': 1        | Invalid parameter type for 'text', expected: string",
        "'truth': 'yes'   | Invalid parameter type for 'truth', expected: boolean",
        "'truth': 1       | Invalid parameter type for 'truth', expected: boolean",
        "'number': '1'    | Invalid parameter type for 'number', expected: number",
        "'mode': 1        | Invalid parameter type for 'mode', expected: string",
        "'mode': 'foo'    | Parameter 'mode' does not accept value 'foo'",
        "'mode': 'UPDATE' | Parameter 'mode' does not accept value 'UPDATE'",
        "'buf-b64': []    | Invalid parameter type for 'buf-b64', expected: string",
        "'buf-b64': 'A*=' | Base64 data contains invalid characters",
        "'bufB64': 'AA==' | Parameter 'bufB64' is unexpected"})
    void whatHasTheWrongTypeIsRefusedInQemusWords(String member, String description) {
        var name = member.substring(1, member.indexOf('\'', 1));
        var others = Map.of("text", "'text': ''", "truth", "'truth': true", "number", "'number': 1", "mode", "'mode': 'rb+'",
                "buf-b64", "'buf-b64': ''");
        var json = new StringBuilder("{").append(member);
        others.forEach((other, valid) -> json.append(other.equals(name) ? "" : ", " + valid));
        assertRefused(description, Others.class, json.append('}').toString());
    }

    @Test
    void base64MayBeBrokenIntoLines() throws Exception {
        record Data(byte[] bytes) {
        }
        assertArrayEquals("Hello, Ada".getBytes(), bind(Data.class, "{'bytes': 'SGVsbG8s\\nIEFkYQ==\\n'}").bytes());
    }

    record Vcpu(long logicalId, Optional<Boolean> canOffline) {
    }

    record Vcpus(List<Vcpu> vcpus, Optional<Map<String, List<Long>>> weights) {
    }

    @Test
    void nestedValuesAreBound() throws Exception {
        assertEquals(new Vcpus(List.of(new Vcpu(1, Optional.of(true)), new Vcpu(2, Optional.empty())),
                        Optional.of(Map.of("a", List.of(1L, 2L)))),
                bind(Vcpus.class, "{'vcpus': [{'logical-id': 1, 'can-offline': true}, {'logical-id': 2}], 'weights': {'a': [1, 2]}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "{'vcpus': [{}]}                                     | Parameter 'vcpus[0].logical-id' is missing",
        "{'vcpus': [{'logical-id': 1}, {'logical-id': '2'}]} | Invalid parameter type for 'vcpus[1].logical-id', expected: integer",
        "{'vcpus': [{'logical-id': 1, 'x': 1}]}              | Parameter 'vcpus[0].x' is unexpected",
        "{'vcpus': {}}                                       | Invalid parameter type for 'vcpus', expected: array",
        "{'vcpus': [1]}                                      | Invalid parameter type for 'vcpus[0]', expected: object",
        "{'vcpus': [], 'weights': []}                        | Invalid parameter type for 'weights', expected: object",
        "{'vcpus': [], 'weights': {'a': [1, true]}}          | Invalid parameter type for 'weights.a[1]', expected: integer",
        "{}                                                  | Parameter 'vcpus' is missing"})
    void errorsNameTheFullPath(String json, String description) {
        assertRefused(description, Vcpus.class, json);
    }

    @Test
    void anOptionalMemberMayBeMissingButNotNull() throws Exception {
        record Options(Optional<String> name) {
        }
        assertEquals(new Options(Optional.empty()), bind(Options.class, "{}"));
        assertEquals(new Options(Optional.of("")), bind(Options.class, "{'name': ''}"));
        assertRefused("Invalid parameter type for 'name', expected: string", Options.class, "{'name': null}");
    }

    @Test
    void missingAndWrongMembersAreReportedInTheRecordsOrderAndUnexpectedOnesLast() {
        record Both(String first, long second) {
        }
        assertRefused("Parameter 'first' is missing", Both.class, "{'x': 1, 'second': 'wrong'}");
        assertRefused("Invalid parameter type for 'second', expected: integer", Both.class, "{'x': 1, 'second': 'wrong', 'first': 'a'}");
        assertRefused("Parameter 'x' is unexpected", Both.class, "{'x': 1, 'second': 2, 'first': 'a'}");
    }
}
