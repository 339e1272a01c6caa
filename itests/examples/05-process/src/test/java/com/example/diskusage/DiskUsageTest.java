package com.example.diskusage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUsageTest {

    private static final int MIB = 1 << 20;

    @Test
    void tellsWhatAFileTakes(@TempDir Path folder) throws Exception {
        var file = Files.write(folder.resolve("one"), new byte[MIB]);
        try (var tester = CommandTester.of(new DiskUsage())) {
            var reply = tester.call("{'path': '" + file + "'}");
            assertTrue(reply.matches("\\{\"return\": \\{\"kib\": 10[0-9]{2}}}"), reply);
        }
    }

    @Test
    void saysWhatTheProgramSays() throws Exception {
        try (var tester = CommandTester.of(new DiskUsage())) {
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": "
                    + "\"du: cannot access '/nowhere': No such file or directory\"}}", tester.call("{'path': '/nowhere'}"));
        }
    }
}
