package io.lodger.core.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageLimitsTest {

    private static final int WARM = 64 * 1024;

    private final List<String> events = new ArrayList<>();
    private final MessageReader reader = new MessageReader(new MessageSink() {
        @Override
        public void message(Tokens message) {
            events.add(message.count() + " tokens of " + message.size() + " bytes");
        }

        @Override
        public void malformed(String description) {
            events.add(description);
        }

        @Override
        public void resynchronise() {
            events.add("resynchronise");
        }
    });

    @Test
    void a1024thBracketMayBeOpenAndA1025thMayNot() {
        feed("[".repeat(1024) + "]".repeat(1024) + "{}");
        feed("{\"a\":[".repeat(512) + "[" + "]".repeat(513) + "}".repeat(512) + "{}");
        assertEquals(List.of("2048 tokens of 2048 bytes", "2 tokens of 2 bytes",
                "JSON nesting depth limit exceeded", "2 tokens of 2 bytes"), events);
    }

    @Test
    void whatFollowsALimitErrorIsDroppedUpToTheEndOfTheMessageOr255() {
        feed("[".repeat(3000) + "\"a]\", 1.5, tru" + "\u00FF{}");
        assertEquals(List.of("JSON nesting depth limit exceeded", "resynchronise", "JSON parse error, stray '\uFFFD'",
                "2 tokens of 2 bytes"), events);
    }

    @Test
    void aMessageOf2097152TokensPassesAndALongerOneDoesNot() {
        String longest = "[" + "1,".repeat((1 << 20) - 1);
        feed(longest + "]{}");
        feed(longest + "1]{}");
        assertEquals(List.of("2097152 tokens of 2097152 bytes", "2 tokens of 2 bytes",
                "JSON token count limit exceeded", "2 tokens of 2 bytes"), events);
    }

    @Test
    void aMessageOf64MebibytesLessOneBytePassesAndALongerOneDoesNot() {
        int most = (64 << 20) - 1;
        feedString(most - 2);
        feedString(most - 1);
        feed("{}");
        assertEquals(List.of("1 tokens of " + most + " bytes", "JSON token size limit exceeded", "2 tokens of 2 bytes"), events);
    }

    @Test
    void theSizeLimitHoldsForAllTokensTogether() {
        feed("[");
        feedString(40 << 20);
        feed(",");
        feedString(40 << 20);
        feed("]{}");
        assertEquals(List.of("JSON token size limit exceeded", "2 tokens of 2 bytes"), events);
    }

    @Test
    void anErrorTextRepeatsNoMoreThan4096BytesOfTheRequest() {
        feed("\"" + "x".repeat(100_000) + "\u00FF");
        assertEquals(List.of("resynchronise", "JSON parse error, stray '\"" + "x".repeat(4095) + "'"), events);
    }

    @Test
    void aBigMessageLeavesNoBigBufferBehind() {
        feedString(48 << 20);
        assertTrue(reader.footprint() <= WARM, reader.footprint() + " bytes kept");
        feed("[" + "1,".repeat(1 << 19));
        assertTrue(reader.footprint() > 4 << 20);
        reader.reset();
        assertTrue(reader.footprint() <= WARM, reader.footprint() + " bytes kept");
    }

    @Test
    void bytesAreNotGatheredBeyondTheLimit() {
        byte[] open = new byte[1 << 20];
        Arrays.fill(open, (byte) 'x');
        open[0] = '"';
        reader.feed(open, 0, open.length);
        open[0] = 'x';
        for (int i = 0; i < 200; i++) {
            reader.feed(open, 0, open.length);
            assertTrue(reader.footprint() <= (64 << 20) + WARM, reader.footprint() + " bytes gathered");
        }
        assertTrue(reader.footprint() <= WARM, reader.footprint() + " bytes kept");
        assertEquals(List.of("JSON token size limit exceeded"), events);
    }

    private void feed(String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
        reader.feed(bytes, 0, bytes.length);
    }

    private void feedString(int length) {
        byte[] piece = new byte[64 * 1024];
        Arrays.fill(piece, (byte) 'x');
        feed("\"");
        for (int left = length; left > 0; left -= piece.length) {
            reader.feed(piece, 0, Math.min(left, piece.length));
        }
        feed("\"");
    }
}
