package io.lodger.itests.guest.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lodger.itests.guest.AgentConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/** A host that has things saved and restored, and pings the agent all the while. */
final class Saves {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int PIECE = 256 << 10;

    private final AgentConnection host;
    private int pings;
    private long longestNanos;

    Saves(AgentConnection host) throws IOException {
        this.host = host.sync();
    }

    /** Starts a job, and gives its id. */
    String start(String command, String arguments) throws IOException {
        return host.call(command, "{" + arguments + "}").getAsJsonObject().get("job").getAsString();
    }

    /** What a job has come to, which has to be good. */
    JsonObject result(String job) throws IOException {
        var facts = ended(job);
        assertEquals("succeeded", facts.get("state").getAsString(), facts::toString);
        return facts.getAsJsonObject("result");
    }

    /** Why a job has failed, as it has to. */
    String error(String job) throws IOException {
        var facts = ended(job);
        assertEquals("failed", facts.get("state").getAsString(), facts::toString);
        return facts.getAsJsonObject("error").get("desc").getAsString();
    }

    private JsonObject ended(String job) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            ping();
            var facts = host.call("lodger-job-wait", "{'job': '" + job + "', 'timeout': 1}").getAsJsonObject();
            if (!facts.get("state").getAsString().equals("running")) {
                return facts;
            }
            assertTrue(System.nanoTime() < deadline, () -> "still running after " + PATIENCE + ": " + facts);
        }
    }

    /** Reads the image that a job saves into a file. */
    void read(String job, Path file) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var image = Files.newOutputStream(file)) {
            long offset = 0;
            while (true) {
                ping();
                var piece = host.call("lodger-save-read", "{'job': '" + job + "', 'offset': " + offset + ", 'count': " + PIECE
                        + ", 'timeout': 1}").getAsJsonObject();
                assertEquals(offset, piece.get("offset").getAsLong());
                var bytes = Base64.getDecoder().decode(piece.get("buf-b64").getAsString());
                image.write(bytes);
                offset += bytes.length;
                if (piece.get("eof").getAsBoolean()) {
                    return;
                }
                long read = offset;
                assertTrue(System.nanoTime() < deadline, () -> "not read after " + PATIENCE + ", only " + read + " bytes");
            }
        }
    }

    /** Writes the image that a job restores. */
    void write(String job, Path file) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var image = Files.readAllBytes(file);
        for (long offset = 0; offset < image.length;) {
            ping();
            int end = (int) Math.min(image.length, offset + PIECE);
            offset = host.call("lodger-restore-write", "{'job': '" + job + "', 'offset': " + offset + ", 'eof': " + (end == image.length)
                    + ", 'buf-b64': '" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(image, (int) offset, end)) + "'}")
                    .getAsJsonObject().get("received").getAsLong();
            assertTrue(System.nanoTime() < deadline, () -> "not written after " + PATIENCE);
        }
    }

    private void ping() throws IOException {
        long start = System.nanoTime();
        assertEquals("{}", host.call("guest-ping").toString());
        longestNanos = Math.max(longestNanos, System.nanoTime() - start);
        pings++;
    }

    /** How many pings were answered, and how long the longest answer took. */
    String pings() {
        return pings + " pings answered, the slowest after " + longestNanos / 1_000_000 + " ms";
    }
}
