package io.lodger.core.bundles.upload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.store.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {

    @TempDir
    private Path folder;

    private final byte[] content = new byte[1000];
    private Instant now = Instant.EPOCH;
    private Uploads uploads;

    @BeforeEach
    void make() {
        new Random(1).nextBytes(content);
        uploads = new Uploads(folder.resolve("uploads"), () -> false, () -> now);
    }

    private Upload begun() throws Exception {
        return uploads.begin(content.length, Sha256.of(content));
    }

    private byte[] part(int from, int to) {
        return Arrays.copyOfRange(content, from, to);
    }

    private static void assertRefused(String why, Executable action) {
        var e = assertThrows(CommandException.class, action);
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void goesOnWhereItWasInterrupted() throws Exception {
        begun().write(0, part(0, 600));
        var again = begun();
        assertEquals(600, again.received());
        again.write(500, part(500, 1000));
        var target = folder.resolve("done");
        uploads.finish(again.id(), target);
        assertArrayEquals(content, Files.readAllBytes(target));
        assertRefused("There is no upload " + again.id(), () -> uploads.find(again.id()));
    }

    @Test
    void whatIsMissingOrTooMuchIsNamed() throws Exception {
        var upload = begun();
        assertRefused("the next chunk begins at 0", () -> upload.write(1, part(1, 2)));
        assertRefused("was announced with 1000 bytes; this chunk ends at 1001", () -> upload.write(0, new byte[1001]));
        assertRefused("at most are taken at once", () -> upload.write(0, new byte[Uploads.CHUNK_SIZE + 1]));
        upload.write(0, part(0, 10));
        assertRefused("is not complete: 10 of 1000 bytes are there", () -> uploads.finish(upload.id(), folder.resolve("x")));
    }

    @Test
    void anotherContentThanAnnouncedIsRefusedAndMayBeSentAgain() throws Exception {
        var upload = begun();
        upload.write(0, new byte[1000]);
        assertRefused("has arrived with another SHA-256 than was announced", () -> uploads.finish(upload.id(), folder.resolve("x")));
        assertEquals(0, begun().received());
    }

    @Test
    void sizeNumberAndHashAreBounded() throws Exception {
        assertRefused("size must be from 1 to 67108864 bytes", () -> uploads.begin((64L << 20) + 1, "0".repeat(64)));
        assertRefused("sha256 must be 64 hexadecimal digits", () -> uploads.begin(1, "x"));
        for (int i = 0; i < 4; i++) {
            uploads.begin(1, String.valueOf(i).repeat(64));
        }
        assertRefused("4 uploads are under way already", () -> uploads.begin(1, "a".repeat(64)));
    }

    @Test
    void anAbandonedUploadIsSweptAndOneThatGoesOnIsNot() throws Exception {
        var abandoned = begun();
        abandoned.write(0, part(0, 10));
        now = now.plus(Duration.ofMinutes(40));
        var other = uploads.begin(1, "a".repeat(64));
        now = now.plus(Duration.ofMinutes(40));
        assertSame(other, uploads.begin(1, "A".repeat(64)));
        assertRefused("There is no upload", () -> uploads.find(abandoned.id()));
        assertFalse(Files.exists(folder.resolve("uploads").resolve(abandoned.id())));
    }

    @Test
    void abortAndANewStartDeleteWhatIsThere() throws Exception {
        begun().write(0, part(0, 10));
        uploads.abort(begun().id());
        begun().write(0, part(0, 10));
        uploads.clear();
        try (var files = Files.list(folder.resolve("uploads"))) {
            assertEquals(0, files.count());
        }
    }
}
