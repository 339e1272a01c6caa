package io.lodger.core.json;

import static io.lodger.core.json.Message.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {

    @Test
    void membersAndElementsKeepTheirOrder() throws JsonParseException {
        assertEquals("{\"b\":[1,\"x\",null,true,{}],\"a\":{\"c\":[]}}",
                parse("{'b': [1, \"x\", null, true, {}], \"a\": {'c': []}}").toString());
    }

    @Test
    void wordsAreTrueFalseAndNull() throws JsonParseException {
        assertEquals(new JsonPrimitive(true), parse("true "));
        assertEquals(new JsonPrimitive(false), parse("false "));
        assertEquals(JsonNull.INSTANCE, parse("null "));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -1, 123456789012345678L, 999999999999999999L, Long.MAX_VALUE, Long.MIN_VALUE, 1000000000000000000L})
    void integersThatFitIntoALongAreLongs(long value) throws JsonParseException {
        assertEquals(value, number(Long.toString(value)));
    }

    @Test
    void minusZeroIsTheIntegerZero() throws JsonParseException {
        assertEquals(0L, number("-0"));
        assertEquals(-0.0, number("-0.0"));
    }

    @Test
    void unsignedIntegersBeyondALongAreExact() throws JsonParseException {
        assertEquals(new BigInteger("9223372036854775808"), number("9223372036854775808"));
        assertEquals(new BigInteger("18446744073709551615"), number("18446744073709551615"));
    }

    @Test
    void allOtherNumbersAreDoubles() throws JsonParseException {
        assertEquals(1.8446744073709552e19, number("18446744073709551616"));
        assertEquals(-9.223372036854775808e18, number("-9223372036854775809"));
        assertEquals(1000.0, number("1e3"));
        assertEquals(0.0, number("0e5"));
        assertEquals(1.1, number("1.1"));
        assertEquals(Double.MIN_VALUE, number("5e-324"));
        assertEquals(0.0, number("1e-400"));
        assertEquals(Double.POSITIVE_INFINITY, number("1e999"));
        assertEquals(Double.NEGATIVE_INFINITY, number("-" + "9".repeat(310)));
        assertEquals(Double.MAX_VALUE, number(new BigDecimal(Double.MAX_VALUE).toPlainString()));
    }

    @Test
    void numbersOfThousandsOfDigitsHaveTheirExactValue() throws JsonParseException {
        String half = new BigDecimal(1.5).add(BigDecimal.ONE.scaleByPowerOfTen(-5000)).toPlainString();
        String tie = new BigDecimal(1.0).add(new BigDecimal(Math.ulp(1.0) / 2)).toPlainString();
        String zeros = "0".repeat(5000);
        for (String text : List.of(half, "-" + half + "e-20", tie + zeros, tie + zeros + "1", "0." + zeros + "123e5002",
                "9".repeat(5000) + ".5e-4990", "123.5e-" + zeros + "7", "1." + zeros + "e" + "9".repeat(5000), "-0." + zeros,
                "0." + zeros + "7e+4999", "1." + "3".repeat(5000) + "e-" + "9".repeat(20))) {
            assertEquals(Double.valueOf(text), number(text), text);
        }
    }

    @Test
    void escapesAndUtf8AreDecoded() throws JsonParseException {
        assertEquals("\"'\\/\b\f\n\r\t", string("\"\\\"\\'\\\\\\/\\b\\f\\n\\r\\t\""));
        assertEquals("Aé€😀\u0000", string("\"\\u0041\\u00E9\\u20ac\\ud83d\\uDE00\\u0000\""));
        assertEquals("é€😀\u007Fx", string(latin("'é€😀\u007Fx'")));
        assertEquals("é\né", string(latin("\"é\\né\"")));
        assertEquals("a\u0000b", string("\"a\u00C0\u0080b\""));
        assertEquals("=b", string("'\\u003db'"));
        assertEquals("", string("''"));
    }

    @Test
    void decodingAStringLeavesItsNeighboursAlone() throws JsonParseException {
        assertEquals("[\"\\n\",\"after\",\"\\n\",12]", parse("[\"\\n\",\"after\",\"\\u000a\",12]").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0080", "\u00C3", "\u00C0\u0081", "\u00C1\u00BF", "\u00E0\u0080\u0080",
            "\u00ED\u00A0\u0080", "\u00EF\u00B7\u0090",
            "\u00EF\u00BF\u00BE", "\u00F0\u009F\u00BF\u00BE", "\u00F4\u0090\u0080\u0080",
            "\u00F8\u0088\u0080\u0080\u0080", "\u00E2\u0082x"})
    void invalidUtf8IsRefused(String bytes) {
        assertFails("invalid UTF-8 sequence in string", "\"ok" + bytes + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\q", "\\0", "\\U0041", "\\x41", "\\\u00C3\u00A9"})
    void otherEscapesAreRefused(String escape) {
        assertFails("invalid escape sequence in string", "\"" + escape + "\"");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"\\u12,\\u12\"", "\\u,\\u\"", "\\uZZZZ!,\\uZZZZ", "\\ud800,\\ud800", "\\ud800x,\\ud800",
        "\\ud800\\u0041,\\ud800", "\\ud800\\ud800,\\ud800", "\\ud800\\u1,\\ud800", "\\udc00,\\udc00", "\\ufdd0,\\ufdd0", "\\uffff,\\uffff",
        "\\ud83f\\udffe,\\ud83f\\udffe", "\\u1\\\",\\u1\\\"\""})
    void escapesOfNoCharacterAreRefusedAsTheyStand(String escape, String text) {
        assertFails(text + " is not a valid Unicode character", "\"" + escape + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '|', value = {"} ~expecting value", ", ~expecting value", "[,]~expecting value",
        "[1,]~expecting value", "{,}~expecting value", "{\"a\":}~expecting value", "{\"a\":1,}~expecting value", "{[1,]:2}~expecting value",
        "[1 2]~expected separator in list", "[1}~expected separator in list", "{\"a\":1 \"b\":2}~expected separator in dict",
        "{\"a\"}~missing : in object pair", "{\"a\" 1}~missing : in object pair", "{1:2}~key is not a string in object",
        "{null:2}~key is not a string in object", "{{\"a\":1}:2}~key is not a string in object", "{\"a\":1,\"a\":2}~duplicate key",
        "{\"a\":1,\"\\u0061\":2}~duplicate key", "{\"a\":1,\"a\":}~expecting value", "{\"a\":hello}~invalid keyword 'hello'"})
    void theFirstErrorIsNamed(String json, String reason) {
        assertFails(reason, json);
    }

    @Test
    void wordsThatRunTogetherAreOneWord() {
        assertFails("invalid keyword 'truefalse'", "truefalse ");
    }

    @Test
    void anErrorTextRepeatsNoMoreThan4096LettersOfAWord() {
        assertFails("invalid keyword '" + "x".repeat(4096) + "'", "x".repeat(100_000) + " ");
    }

    @Test
    void theDeepestMessageNeedsNoDeepStack() throws InterruptedException {
        var depth = new AtomicReference<Integer>();
        var thread = new Thread(null, () -> depth.set(depth("[".repeat(1024) + "]".repeat(1024))), "small stack", 192 * 1024);
        thread.start();
        thread.join();
        assertEquals(1024, depth.get());
    }

    private static int depth(String json) {
        try {
            int depth = 1;
            for (JsonElement at = parse(json); !((JsonArray) at).isEmpty(); at = ((JsonArray) at).get(0)) {
                depth++;
            }
            return depth;
        } catch (JsonParseException e) {
            return fail(e);
        }
    }

    private static void assertFails(String reason, String json) {
        assertEquals("JSON parse error, " + reason, assertThrows(JsonParseException.class, () -> parse(json)).getMessage());
    }

    private static Number number(String json) throws JsonParseException {
        return parse(json + " ").getAsNumber();
    }

    private static String string(String json) throws JsonParseException {
        return parse(json).getAsString();
    }

    /** The UTF-8 of a text as one character for each byte. */
    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
