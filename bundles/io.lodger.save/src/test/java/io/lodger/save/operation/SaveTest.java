package io.lodger.save.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lodger.command.testkit.CommandTester;
import io.lodger.save.ImageInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saving to files and back, by real helpers. */
class SaveTest {

    private final SaveBundle bundle = new SaveBundle();
    private final CommandTester save = bundle.save();
    private final CommandTester restore = bundle.restore();
    private final CommandTester verify = bundle.verify();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        save.close();
        restore.close();
        verify.close();
    }

    private String saved(String target, Path path, String more) throws InterruptedException {
        return save.callJob("{'target': '" + target + "', 'path': '" + path + "'" + more + "}");
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theWireContractIsWhatItWas() throws Exception {
        for (var tester : List.of(save, restore, verify, CommandTester.of(new ImageInfo()), CommandTester.of(bundle.saveRead()),
                CommandTester.of(bundle.restoreWrite()), CommandTester.of(bundle.saveEngines()))) {
            tester.checkSchema(Path.of("schema"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "zstd"})
    void whatWasSavedIsRestored(String compression) throws Exception {
        var path = folder.resolve("x.image");
        var reply = saved("bytes", path, ", 'options': {'mib': '10'}, 'compression': '" + compression + "'");
        assertTrue(reply.matches("\\{\"return\": \\{\"engine\": \"test\", \"target\": \"bytes\", \"created\": \"2[^\"]*Z\", "
                + "\"compression\": \"" + compression + "\", \"payload-size\": 12582912, \"size\": \\d+, \"blocks\": 3, "
                + "\"facts\": \\{\"pid\": \"\\d+\"}}}"), reply);
        assertEquals(List.of("x.image"), left());
        assertTrue(verify.callJob("{'path': '" + path + "'}").startsWith("{\"return\": {\"whole\": true, "));
        try (var info = CommandTester.of(new ImageInfo())) {
            assertEquals(reply, info.call("{'path': '" + path + "'}"));
        }
        var copy = folder.resolve("copy");
        assertEquals("{\"return\": {\"outcome\": {\"bytes\": \"12582912\"}}}",
                restore.callJob("{'path': '" + path + "', 'options': {'to': '" + copy + "'}}"));
        assertEquals(12582912, Files.size(copy));
    }

    @Test
    void aDamagedImageIsNotRestored() throws Exception {
        var path = folder.resolve("x.image");
        saved("bytes", path, "");
        var bytes = Files.readAllBytes(path);
        bytes[1000] ^= 1;
        Files.write(path, bytes);
        var copy = folder.resolve("copy");
        assertError("block 0 of the image is damaged: its checksum is not what it was when it was written",
                restore.callJob("{'path': '" + path + "', 'options': {'to': '" + copy + "'}}"));
        assertEquals(0, Files.size(copy));
        assertTrue(verify.callJob("{'path': '" + path + "'}").contains("\"damages\": [{\"block\": 0, \"payload-offset\": 0, "));
    }

    @Test
    void whatCantBeMadeIsRefusedBeforeAJobIsStarted() throws Exception {
        var path = Files.writeString(folder.resolve("mine"), "mine");
        assertError(path + ": exists already; an image never takes the place of a file", saved("bytes", path, ""));
        assertError(folder.resolve("no/x") + ": there is no folder " + folder.resolve("no"), saved("bytes", folder.resolve("no/x"), ""));
        assertError("x: is no absolute path", saved("bytes", Path.of("x"), ""));
        assertError("Either parameter 'path' or parameter 'stream' is needed, and not both", save.callJob("{'target': 'bytes'}"));
        assertError("Either parameter 'path' or parameter 'stream' is needed, and not both",
                save.callJob("{'target': 'bytes', 'path': '/x', 'stream': true}"));
        assertTrue(saved("bytes", folder.resolve("x"), ", 'engine': 'nobody'").contains("There is no engine 'nobody'; there is: test"));
        assertError(folder.resolve("x") + ": is no file in the guest", restore.callJob("{'path': '" + folder.resolve("x") + "'}"));
        assertError(path + ": there is no index at its end: it was torn, or is no image", restore.callJob("{'path': '" + path + "'}"));
        assertError("Parameter 'engine' is missing: what wrote a stream is known only at its end", restore.callJob("{'stream': true}"));
        assertEquals(List.of("mine"), left());
        assertEquals("mine", Files.readString(path));
    }

    @Test
    void anImageOfAnotherEngineIsRefused() throws Exception {
        var path = folder.resolve("x.image");
        saved("bytes", path, "");
        assertTrue(restore.callJob("{'engine': 'criu', 'path': '" + path + "'}").contains("error"));
    }

    @Test
    void aDiskThatIsFullIsToldAndNothingIsLeft() throws Exception {
        assumeTrue(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString()).start().waitFor() == 0,
                "no right to mount a tmpfs here");
        try {
            var path = folder.resolve("x.image");
            assertError(path + " can't be written: No space left on device", saved("bytes", path, ", 'options': {'mib': '40'}"));
            assertEquals(List.of(), left());
            new ProcessBuilder("mount", "-o", "remount,ro", folder.toString()).start().waitFor();
            var refusal = saved("bytes", path, "");
            assertTrue(refusal.contains("Read-only file system"), refusal);
            assertEquals(List.of(), left());
        } finally {
            assertEquals(0, new ProcessBuilder("umount", folder.toString()).start().waitFor());
        }
        assertFalse(Files.exists(folder.resolve("x.image")));
    }

    static void assertError(String message, String reply) {
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"" + message + "\"}}", reply);
    }
}
