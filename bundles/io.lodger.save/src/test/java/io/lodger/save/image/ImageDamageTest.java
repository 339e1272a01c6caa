package io.lodger.save.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of images that something has happened to. */
class ImageDamageTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aChangedByteIsFoundWithItsBlock(Compression compression) throws Exception {
        var path = SampleImage.in(folder, compression);
        var whole = Files.readAllBytes(path);
        var blocks = blocks(path);
        for (int number : List.of(0, 2, blocks.size() - 1)) {
            var block = blocks.get(number);
            var damaged = whole.clone();
            damaged[(int) block.offset() + block.length() / 2] ^= 4;
            Files.write(path, damaged);
            var verification = SampleImage.verify(path);
            assertFalse(verification.whole());
            assertEquals(1, verification.damagedBlocks());
            var damage = verification.damages().get(0);
            assertEquals(number, damage.block());
            assertEquals(number * 4L * SampleImage.MIB, damage.payloadOffset());
            long left = SampleImage.PAYLOAD.length - number * 4L * SampleImage.MIB;
            assertEquals(Math.min(4L * SampleImage.MIB, left), damage.payloadLength());
            assertEquals(block.offset(), damage.offset());
            assertEquals(block.length(), damage.length());
            assertEquals(Optional.of(number * 4L * SampleImage.MIB), verification.goodUntil());
            assertThrows(ImageFormatException.class, () -> SampleImage.read(path));
        }
    }

    private static List<ImageIndex.Block> blocks(Path path) throws IOException {
        try (var image = ImageReader.open(path)) {
            return image.index().blocks();
        }
    }

    @Test
    void aTornCompressedImageIsWholeAsFarAsItsFramesGo() throws Exception {
        var path = SampleImage.in(folder, Compression.ZSTD);
        var whole = Files.readAllBytes(path);
        var blocks = blocks(path);
        for (int number = 0; number < blocks.size(); number++) {
            var block = blocks.get(number);
            for (long end : List.of(block.offset(), block.offset() + 1, block.offset() + block.length() - 1L)) {
                Files.write(path, Arrays.copyOf(whole, (int) end));
                var verification = SampleImage.verify(path);
                assertFalse(verification.whole());
                assertEquals(Optional.of(number * 4L * SampleImage.MIB), verification.goodUntil());
                assertTrue(verification.problem().orElseThrow().startsWith("of 4711 by fork: there is no index at its end"));
                assertThrows(ImageFormatException.class, () -> ImageReader.open(path));
            }
        }
        Files.write(path, Arrays.copyOf(whole, whole.length - 1));
        assertEquals(Optional.of((long) SampleImage.PAYLOAD.length), SampleImage.verify(path).goodUntil());
    }

    @Test
    void aTornImageWithoutCompressionIsRecognised() throws Exception {
        var path = SampleImage.in(folder, Compression.NONE);
        var whole = Files.readAllBytes(path);
        for (int length : List.of(0, 1, 5 * SampleImage.MIB, SampleImage.PAYLOAD.length, whole.length - 1)) {
            Files.write(path, Arrays.copyOf(whole, length));
            var verification = SampleImage.verify(path);
            assertFalse(verification.whole());
            assertEquals(Optional.of("there is no index at its end: it was torn, or is no image"), verification.problem());
            assertEquals(path + ": there is no index at its end: it was torn, or is no image",
                    assertThrows(ImageFormatException.class, () -> ImageReader.open(path)).getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyChangedByteOfTheIndexIsNoticed(Compression compression) throws Exception {
        var path = SampleImage.in(folder, compression);
        var last = blocks(path).get(5);
        long index = last.offset() + last.length();
        try (var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (long at = index; at < file.size(); at++) {
                change(file, at);
                assertThrows(ImageFormatException.class, () -> ImageReader.open(path).close(), "byte " + (at - index) + " of the index");
                change(file, at);
            }
            change(file, index);
        }
        assertFalse(SampleImage.verify(path).whole());
    }

    private static void change(FileChannel file, long at) throws IOException {
        var one = ByteBuffer.allocate(1);
        file.read(one, at);
        file.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), at);
    }
}
