package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PipeTest {

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(100);

    @Test
    void whatIsWrittenUnderItsNameIsReadAndNothingIsWaitedFor() throws Exception {
        try (var pipe = Pipe.open()) {
            assertEquals(0, pipe.read(buffer));
            Files.writeString(pipe.writingEnd(), "hello");
            assertEquals(5, pipe.read(buffer));
            assertEquals("hello", StandardCharsets.US_ASCII.decode(buffer.flip()).toString());
            assertEquals(0, pipe.read(buffer.clear()));
        }
    }

    @Test
    void aProgramsOutputEndsWithTheProgram() throws Exception {
        try (var pipe = Pipe.open()) {
            var program = new ProcessBuilder("echo", "hello").redirectOutput(pipe.writingEnd().toFile()).start();
            pipe.closeWritingEnd();
            assertEquals(0, program.waitFor());
            assertEquals(6, pipe.read(buffer));
            assertEquals(-1, pipe.read(buffer));
        }
    }

    @Test
    void noProgramInheritsAnEnd() throws Exception {
        try (var pipe = Pipe.open()) {
            var list = new ProcessBuilder("ls", "-l", "/proc/self/fd").start();
            var open = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var name = Files.readSymbolicLink(pipe.writingEnd()).toString();
            assertEquals(0, open.lines().filter(line -> line.endsWith(name)).count(), open);
        }
    }
}
