package io.lodger.core.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private static final String STRAY = "malformed JSON parse error, stray '";

    @Test
    void aMessageIsCompleteWhenItsBracesBalanceWithoutALineEnd() {
        assertEquals(List.of("message { \"execute\" : \"guest-ping\" }"), RecordedEvents.of("{\"execute\":\"guest-ping\"}"));
    }

    @Test
    void severalMessagesInOnePieceComeOneByOne() {
        assertEquals(List.of("message { }", "message [ 1 , 2 ]", "message { }"), RecordedEvents.of("{}[1,2]\r\n\r\n { }\n"));
    }

    @Test
    void blankLinesSayNothing() {
        assertEquals(List.of(), RecordedEvents.of("\r\n\n \t\n"));
    }

    @Test
    void bareScalarsAreMessagesAndANumberOrWordNeedsADelimiter() {
        assertEquals(List.of("message \"abc\"", "message true", "message -0"), RecordedEvents.of("\"abc\"true\n-0 12"));
        assertEquals(List.of("message 1.5", STRAY + ".'"), RecordedEvents.of("1.5.5"));
        assertEquals(List.of("message 1", "message a", "message 0e+17"), RecordedEvents.of("1a 0e+17\n"));
    }

    @Test
    void closingMoreThanIsOpenEndsAMessage() {
        assertEquals(List.of("message }", "message [ 1 }", "message ,", "message ]"), RecordedEvents.of("}[1},]"));
    }

    @Test
    void bracesAndBracketsAreCountedApart() {
        assertEquals(List.of("message { \"a\" : [ 1 } ]"), RecordedEvents.of("{\"a\":[1}]"));
    }

    @Test
    void aStringMayHoldWhatElsewhereHasAMeaning() {
        assertEquals(List.of("message { '{\"]\\'[' : \"}'\\\"\\\\\" }"), RecordedEvents.of("{'{\"]\\'[':\"}'\\\"\\\\\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "-01", "-a", "-\n", "1.\n", "1.a", "1e\n", "1e+x", "+", ".", "%", "N", "/",
            "\u001B", "\"a\n", "'a\t", "\"\u007F\\\n"})
    void aByteThatContinuesNoTokenIsStray(String stray) {
        assertEquals(List.of(STRAY + stray + "'"), RecordedEvents.of(stray));
    }

    @Test
    void theByte254EndsAStringButResynchronisesNothing() {
        assertEquals(List.of(STRAY + "\"a\uFFFD'", "message [ ]"), RecordedEvents.of("\"a\u00FEb\"[]"));
        assertEquals(List.of("message \"\u00FD\\\u00FD\""), RecordedEvents.of("\"\u00FD\\\u00FD\""));
    }

    @Test
    void theTextOfAStrayEndsAtANul() {
        assertEquals(List.of(STRAY + "'", STRAY + "\"g'"), RecordedEvents.of("\u0000\n\"g\u0000u"));
    }

    @Test
    void invalidUtf8InAStrayBecomesOneReplacementForEachSequence() {
        assertEquals(List.of(STRAY + "\uFFFD'"), RecordedEvents.of("\u00EF\u00BB\u00BF"));
        assertEquals(List.of("resynchronise", STRAY + "\"é\uFFFD\uFFFD\uFFFD\u0000x\uFFFD'"),
                RecordedEvents.of("\"\u00C3\u00A9\u00ED\u00A0\u0080\u00F8\u0088\u00C3\u00C0\u0080x\u00FF"));
    }

    @Test
    void afterAnErrorReadingGoesOnAtTheNextStructuralOrControlCharacter() {
        assertEquals(List.of(STRAY + "G'", "message { }"), RecordedEvents.of("GARBAGE \t\"'12 {}"));
        assertEquals(List.of(STRAY + "A'", STRAY + "B'"), RecordedEvents.of("A x\nB"));
        assertEquals(List.of(STRAY + "A'", STRAY + "\u0001'", STRAY + "\uFFFD'"), RecordedEvents.of("A\u0001b\u00FE"));
        assertEquals(List.of(STRAY + "\"a\n'", "message }"), RecordedEvents.of("{\"a\nb\"}"));
    }

    @Test
    void everyByte255ResynchronisesAndIsAnErrorAndDropsWhatWasBegun() {
        assertEquals(List.of("resynchronise", STRAY + "\uFFFD'", "resynchronise", STRAY + "\uFFFD'", "message { }"),
                RecordedEvents.of("{\"a\":[\u00FF\u00FF{}"));
        assertEquals(List.of("resynchronise", STRAY + "\"guest-pi\uFFFD'", "message [ ]"), RecordedEvents.of("{\"guest-pi\u00FF[]"));
        assertEquals(List.of("resynchronise", STRAY + "\"\\\uFFFD'", "message [ ]"), RecordedEvents.of("\"\\\u00FF\"x[]"));
        assertEquals(List.of("message 12", "resynchronise", STRAY + "\uFFFD'"), RecordedEvents.of("12\u00FF"));
    }

    @Test
    void aHalfRequestIsForgottenByReset() {
        for (String half : List.of("{\"a\":[", "{\"a", "\"\\", "[12", "tru", "GARBAGE")) {
            var recorded = new RecordedEvents();
            var reader = new MessageReader(recorded);
            reader.feed(half.getBytes(StandardCharsets.US_ASCII), 0, half.length());
            recorded.events.clear();
            reader.reset();
            reader.feed("{}".getBytes(StandardCharsets.US_ASCII), 0, 2);
            assertEquals(List.of("message { }"), recorded.events, half);
        }
    }

    @Test
    void aSinkThatThrowsLosesNoMoreThanItsMessage() {
        var recorded = new RecordedEvents();
        var reader = new MessageReader(new MessageSink() {
            @Override
            public void message(Tokens message) {
                recorded.message(message);
                throw new IllegalStateException("broken sink");
            }

            @Override
            public void malformed(String description) {
                recorded.malformed(description);
            }

            @Override
            public void resynchronise() {
                recorded.resynchronise();
            }
        });
        byte[] message = {'[', ']'};
        assertThrows(IllegalStateException.class, () -> reader.feed(message, 0, 2));
        assertThrows(IllegalStateException.class, () -> reader.feed(message, 0, 2));
        assertEquals(List.of("message [ ]", "message [ ]"), recorded.events);
    }

    @Test
    void theEventsAreTheSameHoweverTheStreamIsCut() {
        String stream = "{\"execute\":\"guest-ping\",\"id\":-12.5e+3}\n"
                + "[true,'\\'\"',\"\\\"\\u00e9\u00C3\u00A9\"]\u00FF{\"a\":[1} ]}}x 01 {}"
                + "\"a\u0001\" -0 \u00FF\u00FE\u0000G{\"\\\\\":[[],{}]}null 1.x,[0.5]\"\\\u00FF'";
        byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
        List<String> expected = RecordedEvents.of(stream);
        for (int cut = 0; cut <= bytes.length; cut++) {
            var recorded = new RecordedEvents();
            var reader = new MessageReader(recorded);
            reader.feed(bytes, 0, cut);
            reader.feed(bytes, cut, bytes.length - cut);
            assertEquals(expected, recorded.events, "cut at " + cut);
        }
        var random = new Random(20);
        for (int longest = 1; longest <= 20; longest++) {
            var recorded = new RecordedEvents();
            var reader = new MessageReader(recorded);
            for (int at = 0; at < bytes.length;) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(longest));
                reader.feed(bytes, at, length);
                at += length;
            }
            assertEquals(expected, recorded.events, "pieces of up to " + longest);
        }
    }
}
