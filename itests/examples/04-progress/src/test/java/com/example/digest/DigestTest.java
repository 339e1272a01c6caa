package com.example.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {

    @Test
    void digestsAFile(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("abc"), "abc");
        try (var tester = CommandTester.of(new Digest())) {
            assertEquals("{\"return\": {\"sha256\": \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\", \"bytes\": 3}}",
                    tester.callJob("{'path': '" + file + "'}"));
        }
    }

    @Test
    void endsWhenItIsCancelled() throws Exception {
        try (var tester = CommandTester.of(new Digest())) {
            // A file without end.
            var reply = tester.cancelJob(tester.call("{'path': '/dev/zero'}"));
            assertTrue(reply.startsWith("{\"error\": "), reply);
        }
    }
}
