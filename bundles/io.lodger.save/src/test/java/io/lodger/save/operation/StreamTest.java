package io.lodger.save.operation;

import static io.lodger.save.operation.SaveTest.assertError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandException;
import io.lodger.command.testkit.CommandTester;
import io.lodger.save.Await;
import io.lodger.save.RestoreWrite;
import io.lodger.save.SaveRead;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that go to the host and come from there. */
class StreamTest {

    private static final int MIB = 1 << 20;

    private final SaveBundle bundle = new SaveBundle();
    private final CommandTester save = bundle.save();
    private final CommandTester restore = bundle.restore();
    private final SaveRead reader = bundle.saveRead();
    private final RestoreWrite writer = bundle.restoreWrite();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        save.close();
        restore.close();
    }

    private static String idOf(String reply) {
        assertTrue(reply.startsWith("{\"return\": {\"job\": \""), reply);
        return reply.split("\"")[5];
    }

    private String start(String more) throws InterruptedException {
        return save.call("{'target': 'bytes', 'stream': true" + more + "}");
    }

    private SaveRead.Piece read(String job, long offset, int count) throws Exception {
        return reader.execute(new SaveRead.Request(job, offset, Optional.of(count), Optional.of(30)), null);
    }

    private long write(String job, long offset, byte[] bytes, boolean eof) throws Exception {
        return writer.execute(new RestoreWrite.Request(job, offset, bytes, Optional.of(eof)), null).received();
    }

    /** Reads it all, every piece twice, as a host does that loses every first reply. */
    private byte[] readAll(String job, int count) throws Exception {
        var all = new ByteArrayOutputStream();
        while (true) {
            var piece = read(job, all.size(), count);
            var again = read(job, all.size(), count);
            assertArrayEquals(piece.bufB64(), again.bufB64());
            assertEquals(piece.eof(), again.eof());
            if (piece.eof()) {
                return all.toByteArray();
            }
            all.writeBytes(piece.bufB64());
        }
    }

    @Test
    void theHostReadsWhatAFileWouldHold() throws Exception {
        var started = start(", 'options': {'mib': '10'}, 'compression': 'zstd'");
        var image = readAll(idOf(started), 777_777);
        var file = Files.write(folder.resolve("x.image"), image);
        try (var verify = bundle.verify()) {
            assertTrue(verify.callJob("{'path': '" + file + "'}").startsWith("{\"return\": {\"whole\": true"));
        }
        assertTrue(read(idOf(started), image.length, 1).eof(), "also when the job is over");
    }

    @Test
    void aPieceThatIsGoneOrFarAwayIsRefusedByName() throws Exception {
        var started = start(", 'options': {'mib': '4'}");
        var job = idOf(started);
        assertEquals(1000, read(job, 0, 1000).bufB64().length);
        assertArrayEquals(Arrays.copyOfRange(read(job, 0, 1000).bufB64(), 500, 1000), read(job, 500, 1000).bufB64());
        read(job, 1000, 1000);
        assertEquals("Parameter 'offset' is 0, and the stream can be read from 1000 to 2000 on",
                assertThrows(CommandException.class, () -> read(job, 0, 1000)).getMessage());
        assertEquals("Parameter 'offset' is 5000, and the stream can be read from 1000 to 2000 on",
                assertThrows(CommandException.class, () -> read(job, 5000, 1000)).getMessage());
        assertEquals("The job 'x' has no stream to read", assertThrows(CommandException.class, () -> read("x", 0, 1)).getMessage());
        save.cancelJob(started);
        assertTrue(assertThrows(CommandException.class, () -> read(job, 2000, 1)).getMessage().startsWith("The save has failed: "));
    }

    @Test
    void theHelperWaitsForAHostThatReadsSlowlyAndFailsWithOneThatDoesNotReadAtAll() throws Exception {
        save.start("{'target': 'bytes', 'stream': true, 'options': {'mib': '100'}, 'stream-timeout': 1}");
        var reply = save.jobReply();
        assertError("the host has not read the stream for 1 s", reply);
    }

    @Test
    void theHostHasToTakeTheEndAsWell() throws Exception {
        save.start("{'target': 'callbacks', 'stream': true, 'stream-timeout': 1}");
        assertError("the host has not read the stream for 1 s", save.jobReply());
    }

    @Test
    void aFailedSaveIsToldToTheReader() throws Exception {
        var started = save.call("{'target': 'fail', 'stream': true}");
        Await.until("it has failed", () -> {
            try {
                read(idOf(started), 0, 1);
                return false;
            } catch (CommandException e) {
                return e.getMessage().startsWith("The save has failed: ");
            }
        });
    }

    @Test
    void anImageComesBackFromTheHost() throws Exception {
        var image = readAll(idOf(start(", 'options': {'mib': '6'}, 'compression': 'zstd'")), 4 * MIB);
        var copy = folder.resolve("copy");
        restore.start("{'engine': 'test', 'stream': true, 'options': {'to': '" + copy + "'}}");
        var started = restore.reply();
        var job = idOf(started);
        long received = 0;
        while (received < image.length) {
            var piece = Arrays.copyOfRange(image, (int) received, (int) Math.min(image.length, received + 300_000));
            long next = write(job, received, piece, received + piece.length == image.length);
            assertEquals(next, write(job, received, Arrays.copyOf(piece, (int) (next - received)), next == image.length), "the same again");
            received = next;
        }
        assertThrows(CommandException.class, () -> write(job, image.length + 1L, new byte[1], false));
        Await.until("it is restored", () -> Files.exists(copy) && Files.size(copy) == 7 * MIB);
    }

    @Test
    void aTornImageFromTheHostIsNotRestored() throws Exception {
        var copy = folder.resolve("copy");
        restore.start("{'engine': 'test', 'stream': true, 'options': {'to': '" + copy + "'}}");
        var started = restore.reply();
        write(idOf(started), 0, new byte[100_000], true);
        Await.until("the restore has ended", () -> assertThrows(CommandException.class,
                () -> write(idOf(started), 100_000, new byte[1], false)).getMessage()
                .contains("there is no index at its end: it was torn, or is no image"));
        assertTrue(!Files.exists(copy));
    }
}
