package io.lodger.save.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodecTest {

    record Inner(int number, String text) {
    }

    record Everything(boolean truth, int number, long large, String text, Level level, Optional<Long> some, Optional<String> none,
            List<Inner> inners, Map<String, String> map) {
    }

    private static final Everything VALUE = new Everything(true, -1, Long.MIN_VALUE, "Größe \0", Level.WARNING, Optional.of(7L),
            Optional.empty(), List.of(new Inner(1, "a"), new Inner(2, "")), Map.of("k", "v"));

    @Test
    void aRecordComesBackAsItWas() throws Exception {
        var bytes = Codec.encode(Everything.class, VALUE);
        var buffer = ByteBuffer.wrap(bytes);
        assertEquals(VALUE, Codec.decode(Everything.class, buffer));
        assertEquals(0, buffer.remaining());
    }

    @Test
    void theBytesAreThoseOfTheDocumentation() {
        assertArrayEquals(new byte[] {0, 0, 0, 5, 0, 0, 0, 2, 'a', (byte) 'b'}, Codec.encode(Inner.class, new Inner(5, "ab")));
    }

    @Test
    void everyTruncationIsNoticed() {
        var bytes = Codec.encode(Everything.class, VALUE);
        for (int length = 0; length < bytes.length; length++) {
            var part = ByteBuffer.wrap(bytes, 0, length);
            assertThrows(CodecException.class, () -> Codec.decode(Everything.class, part));
        }
    }

    @Test
    void aLengthThatCantBeTakesNoMemory() {
        var huge = ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).flip();
        assertThrows(CodecException.class, () -> Codec.decode(String.class, huge));
        var negative = ByteBuffer.allocate(8).putInt(-1).flip();
        assertThrows(CodecException.class, () -> Codec.decode(byte[].class, negative));
    }

    @Test
    void anUnknownConstantAndAStrangeBooleanAreNoticed() {
        assertThrows(CodecException.class, () -> Codec.decode(Level.class, ByteBuffer.wrap(Codec.encode(String.class, "LOUD"))));
        assertThrows(CodecException.class, () -> Codec.decode(boolean.class, ByteBuffer.wrap(new byte[] {2})));
    }
}
