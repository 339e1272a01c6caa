package io.lodger.ctl.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    private static final int MEBIBYTE = 1024 * 1024;

    @Test
    void givesBackEveryLineHoweverTheBytesAreSplit() throws IOException {
        var random = new Random(1);
        var lines = IntStream.range(0, 300).mapToObj(i -> {
            var line = new byte[random.nextInt(i % 10 == 0 ? 200_000 : 50)];
            random.nextBytes(line);
            IntStream.range(0, line.length).filter(at -> line[at] == '\n').forEach(at -> line[at] = ' ');
            return line;
        }).toList();
        var buffer = new LineBuffer(MEBIBYTE);
        var expected = lines.iterator();
        for (var line : lines) {
            for (var at = 0; at <= line.length;) {
                var room = buffer.room();
                var count = Math.min(Math.min(room.remaining(), 1 + random.nextInt(70_000)), line.length + 1 - at);
                for (var i = at; i < at + count; i++) {
                    room.put(i == line.length ? (byte) '\n' : line[i]);
                }
                buffer.filled(count);
                at += count;
                for (var next = random.nextInt(3) == 0 ? buffer.next() : Optional.<byte[]>empty(); next.isPresent();
                        next = buffer.next()) {
                    assertArrayEquals(expected.next(), next.get());
                }
            }
        }
        for (var next = buffer.next(); next.isPresent(); next = buffer.next()) {
            assertArrayEquals(expected.next(), next.get());
        }
        assertTrue(!expected.hasNext());
    }

    @Test
    void refusesALineWithoutEnd() throws IOException {
        var buffer = new LineBuffer(MEBIBYTE);
        var refusal = assertThrows(ProtocolException.class, () -> {
            while (buffer.next().isEmpty()) {
                var room = buffer.room();
                assertTrue(room.hasRemaining());
                buffer.filled(room.remaining());
            }
        });
        assertEquals("a reply longer than 1 MiB", refusal.getMessage());
    }
}
