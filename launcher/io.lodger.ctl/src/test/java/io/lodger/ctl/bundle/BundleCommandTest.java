package io.lodger.ctl.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.ctl.Ran;
import io.lodger.ctl.ScriptedPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BundleCommandTest {
    private static final int SIZE = 3 * BundleAgent.CHUNK + 500;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private Path jar;

    @BeforeEach
    void makeFile() throws IOException {
        new Random(1).nextBytes(content);
        jar = Files.write(folder.resolve("hello.jar"), content);
    }

    @Test
    void updateUploadsTheFileInChunksAndShowsBothVersions() throws Exception {
        var agent = new BundleAgent();
        assertEquals(new Ran(0, """
            BUNDLE             BEFORE  AFTER  COMMANDS
            com.example.hello  1.0.0   1.1.0  example-greet
            """, ""), run(agent, "bundle", "update", jar.toString()));
        assertArrayEquals(content, agent.uploaded());
        assertEquals(4, Collections.frequency(agent.asked(), "lodger-bundle-upload-write"));
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws Exception {
        var agent = new BundleAgent(null, 3);
        try (var peer = new ScriptedPeer(socket(), agent, agent)) {
            assertEquals(0, Ran.words("--socket", socket().toString(), "bundle", "update", jar.toString()).exitCode());
        }
        assertArrayEquals(content, agent.uploaded());
        // Two chunks arrived before the third was lost with the connection; the third and fourth came by the other.
        assertEquals(5, Collections.frequency(agent.asked(), "lodger-bundle-upload-write"));
    }

    @Test
    void givesUpWhenAConnectionBringsNothing() throws Exception {
        var ran = run(new BundleAgent(null, 1), "bundle", "update", jar.toString());
        assertEquals(3, ran.exitCode());
        assertTrue(ran.err().contains("ended before lodger-bundle-upload-write was answered"), ran.err());
    }

    @Test
    void theAgentsRefusalEndsWithOne() throws Exception {
        assertEquals(new Ran(1, "", "lodgerctl: GenericError: the jar is not signed\n"),
            run(new BundleAgent("the jar is not signed", 0), "bundle", "update", jar.toString()));
    }

    @Test
    void aFileInTheGuestIsNotUploaded() throws Exception {
        var agent = new BundleAgent();
        assertEquals(0, run(agent, "bundle", "update", "--guest-path", "/srv/hello.jar").exitCode());
        assertEquals(List.of("lodger-bundle-list", "lodger-bundle-update"), agent.asked());
    }

    @Test
    void rollbackShowsBothVersions() throws Exception {
        assertEquals(new Ran(0, "[{\"symbolic-name\":\"com.example.hello\",\"before\":\"1.0.0\",\"after\":\"0.9.0\"}]\n", ""),
            run(new BundleAgent(), "--json", "bundle", "rollback", "com.example.hello"));
    }

    @Test
    void listIsATable() throws Exception {
        assertEquals(new Ran(0, """
            BUNDLE             VERSION  STATE   ORIGIN  SIGNER  ADDED  BY  PREVIOUS  COMMANDS
            com.example.hello  1.0.0    active  added   CN=Ada  -      -   -         example-greet
            """, ""), run(new BundleAgent(), "bundle", "list"));
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        assertEquals(new Ran(2, "", "lodgerctl: there is no file " + folder.resolve("no.jar") + "\n"),
            run(new BundleAgent(), "bundle", "install", folder.resolve("no.jar").toString()));
    }

    @Test
    void neitherFileNorPathIsAQuestion() throws Exception {
        assertEquals(new Ran(2, "", "lodgerctl: which bundle? give either FILE, on this machine, or --guest-path PATH\n"),
            run(new BundleAgent(), "bundle", "install"));
    }

    private Ran run(BundleAgent agent, String... words) throws Exception {
        try (var peer = new ScriptedPeer(socket(), agent)) {
            var line = new ArrayList<>(List.of("--socket", socket().toString()));
            line.addAll(List.of(words));
            return Ran.words(line.toArray(String[]::new));
        }
    }

    private Path socket() {
        return folder.resolve("agent.sock");
    }
}
