package io.lodger.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiJsonTest {

    @Test
    void membersAndElementsAreSpacedAsOnTheWire() {
        var inner = new JsonObject();
        inner.add("a", new JsonPrimitive(1));
        inner.add("b", new JsonArray());
        inner.add("c", JsonNull.INSTANCE);
        var list = new JsonArray();
        list.add(new JsonObject());
        list.add(true);
        inner.add("d", list);
        var reply = new JsonObject();
        reply.add("return", inner);
        assertEquals("{\"return\": {\"a\": 1, \"b\": [], \"c\": null, \"d\": [{}, true]}}", write(reply));
    }

    @Test
    void onlyWhatMustBeEscapedIsEscaped() {
        assertEquals(
                "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001F\\u007F ~/<>&='\"",
                write(new JsonPrimitive("\"\\\b\f\n\r\t\0\u001F\u007F ~/<>&='")));
    }

    @Test
    void everythingBeyondAsciiIsEscapedInUpperCase() {
        assertEquals("\"\\u00E9\\u20AC\\uD83D\\uDE00\\u2028x\"", write(new JsonPrimitive("é€😀\u2028x")));
        var name = new JsonObject();
        name.add("ü", new JsonPrimitive(0));
        assertEquals("{\"\\u00FC\": 0}", write(name));
    }

    @Test
    void whatUtf8CantHoldBecomesTheReplacementCharacter() {
        assertEquals("\"\\uFFFDx\\uFFFD\\uFFFD\"", write(new JsonPrimitive("\uD800x\uDC00\uD83D")));
        assertEquals("\"\\uFFFD\\uFFFD\\uFFFD\"", write(new JsonPrimitive("\uFDD0\uFFFE\uD83F\uDFFE")));
    }

    @Test
    void longTextsWithAnEscapeAnywhereComeOutWhole() {
        for (int at : new int[] {0, 1, 8190, 8191, 8192, 8193, 16383, 16384, 19999}) {
            String text = "x".repeat(at) + "😀" + "y".repeat(20_000 - at);
            assertEquals('"' + text.replace("😀", "\\uD83D\\uDE00") + '"', write(new JsonPrimitive(text)));
        }
    }

    @Test
    void integersAreExact() {
        assertEquals("-9223372036854775808", write(new JsonPrimitive(Long.MIN_VALUE)));
        assertEquals("18446744073709551615", write(new JsonPrimitive(new BigInteger("18446744073709551615"))));
    }

    @ParameterizedTest
    @CsvSource({"1.1, 1.1000000000000001", "0.0, 0", "-0.0, -0", "1000.0, 1000", "2.5, 2.5", "-2.5, -2.5", "0.1, 0.10000000000000001",
        "1e16, 10000000000000000", "1e17, 1e+17", "1.2345678901234568e17, 1.2345678901234568e+17", "1e19, 1e+19", "0.0001, 0.0001",
        "0.00001, 1.0000000000000001e-05", "1e300, 1.0000000000000001e+300", "5e-324, 4.9406564584124654e-324",
        "-1.5e-7, -1.4999999999999999e-07", "1.8446744073709552e19, 1.8446744073709552e+19", "100000000000000.5, 100000000000000.5",
        "999999999999999.9, 999999999999999.88", "1.7976931348623157e308, 1.7976931348623157e+308", "Infinity, 1e999", "-Infinity, -1e999"})
    void doublesHave17SignificantDigits(double value, String text) {
        assertEquals(text, write(new JsonPrimitive(value)));
    }

    @Test
    void notANumberIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> write(new JsonPrimitive(Double.NaN)));
    }

    @Test
    void theDeepestTreeNeedsNoDeepStack() throws InterruptedException {
        JsonElement tree = new JsonArray();
        for (int i = 1; i < 1024; i++) {
            var around = new JsonArray();
            around.add(tree);
            tree = around;
        }
        var deepest = tree;
        var out = new GrowingBuffer();
        var thread = new Thread(null, () -> AsciiJson.write(deepest, out), "small stack", 192 * 1024);
        thread.start();
        thread.join();
        assertEquals("[".repeat(1024) + "]".repeat(1024), text(out));
    }

    @Test
    void aBufferGrowsAndLetsGo() {
        var out = new GrowingBuffer();
        out.append(0xFF);
        AsciiJson.write(new JsonPrimitive("x".repeat(5 << 20)), out);
        assertEquals((5 << 20) + 3, out.size());
        assertEquals((byte) 0xFF, out.toByteArray()[0]);
        assertTrue(out.toByteBuffer().array().length < 10 << 20);
        out.clear();
        assertEquals(0, out.size());
        assertTrue(out.toByteBuffer().array().length <= 32 * 1024);
    }

    private static String write(JsonElement tree) {
        var out = new GrowingBuffer();
        AsciiJson.write(tree, out);
        return text(out);
    }

    private static String text(GrowingBuffer out) {
        return new String(out.toByteArray(), StandardCharsets.US_ASCII);
    }
}
