package io.lodger.save.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lodger.save.sink.ImageFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void thePayloadComesBackAndTheImageIsWhole(Compression compression) throws Exception {
        var path = SampleImage.in(folder, compression);
        assertArrayEquals(SampleImage.PAYLOAD, SampleImage.read(path));
        var verification = SampleImage.verify(path);
        assertTrue(verification.whole());
        assertEquals(Optional.of((long) SampleImage.PAYLOAD.length), verification.goodUntil());
        var facts = verification.image().orElseThrow();
        assertEquals(new ImageFacts("fork", "4711", "2027-01-15T08:00:00Z", compression, SampleImage.PAYLOAD.length, Files.size(path), 6,
                Map.of("threads", "8")), facts);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyPayloadIsAnImageToo(Compression compression) throws Exception {
        var path = folder.resolve("empty");
        try (var file = ImageFile.create(path, 1)) {
            ImageWriter.to(file, compression, SampleImage.HEAD).finish(Map.of());
            file.commit();
        }
        assertEquals(0, SampleImage.read(path).length);
        assertTrue(SampleImage.verify(path).whole());
    }

    @ParameterizedTest
    @EnumSource
    void aStreamHasTheSameBytesAsAFile(Compression compression) throws Exception {
        var stream = new ByteArrayOutputStream();
        var image = ImageWriter.to(Channels.newChannel(stream), compression, SampleImage.HEAD);
        SampleImage.write(image);
        image.finish(Map.of("threads", "8"));
        assertArrayEquals(Files.readAllBytes(SampleImage.in(folder, compression)), stream.toByteArray());
    }

    @Test
    void withoutCompressionThePayloadIsTheFileItselfWithHoles() throws Exception {
        var path = SampleImage.in(folder, Compression.NONE);
        assertArrayEquals(SampleImage.PAYLOAD, Arrays.copyOf(Files.readAllBytes(path), SampleImage.PAYLOAD.length));
        var used = new ProcessBuilder("du", "--block-size=1", path.toString()).start();
        long bytes = Long.parseLong(new String(used.getInputStream().readAllBytes()).split("\\s")[0]);
        assertTrue(bytes < SampleImage.PAYLOAD.length - 8L * SampleImage.MIB, "it takes " + bytes);
    }

    @Test
    void theProgramZstdGivesThePayload() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zstd")), "zstd is not installed (Debian package zstd)");
        var out = folder.resolve("payload");
        var image = SampleImage.in(folder, Compression.ZSTD);
        var zstd = new ProcessBuilder("zstd", "-q", "-d", "-c", image.toString()).redirectOutput(out.toFile()).start();
        assertEquals(0, zstd.waitFor());
        assertArrayEquals(SampleImage.PAYLOAD, Files.readAllBytes(out));
    }

    @Test
    void nothingIsThereUntilItIsWhole() throws Exception {
        var path = folder.resolve("x.image");
        try (var file = ImageFile.create(path, 1)) {
            ImageWriter.to(file, Compression.NONE, SampleImage.HEAD).write(ByteBuffer.allocate(100));
            assertFalse(Files.exists(path));
            assertTrue(Files.exists(folder.resolve(".x.image.1.partial")));
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aFileThatCameMeanwhileIsNotReplaced() throws Exception {
        var path = folder.resolve("x.image");
        try (var file = ImageFile.create(path, 1)) {
            Files.writeString(path, "mine");
            assertThrows(FileAlreadyExistsException.class, file::commit);
        }
        assertEquals("mine", Files.readString(path));
        assertThrows(FileAlreadyExistsException.class, () -> ImageFile.create(path, 1));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("/nowhere"));
        assertThrows(FileAlreadyExistsException.class, () -> ImageFile.check(folder.resolve("dangling")));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }
}
