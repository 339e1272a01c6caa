package io.lodger.itests.hotadd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file system of the added bundles fills up, before and in the middle of a change. A small tmpfs stands for it. */
class FullDiskTest {

    private static final String NAME = "test.fixture";

    @TempDir
    private Path folder;
    private Path disk;
    private Versions versions;
    private String[] options;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        var mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()).inheritIO().start();
        Assumptions.assumeTrue(mount.waitFor() == 0, "file systems can't be mounted here");
        versions = new Versions(folder, NAME);
        Files.writeString(folder.resolve("lodger.conf"),
                "[general]\nrequire-signature=false\nbundle-store=" + disk.resolve("bundles") + "\n");
        options = new String[] {"-c", folder.resolve("lodger.conf").toString()};
    }

    @AfterEach
    void unmount() throws Exception {
        Await.success(new ProcessBuilder("umount", disk.toString()));
    }

    @Test
    void theOldSetStaysUntilThereIsRoomForTheNewOne() throws Exception {
        try (var agent = AgentProcess.lodger(folder, options); var host = agent.connectWhenReady()) {
            var bundles = new BundleHost(host);
            assertTrue(bundles.take("install", versions.jar("1.0.0")).contains("\"return\""));
            int refused = 0;
            long size = Files.size(versions.jar("1.0.1"));
            for (long room = 0; room < size + (64 << 10); room += 4096) {
                fill(room);
                var reply = bundles.take("update", versions.jar("1.0.1"));
                if (reply.contains("\"return\"")) {
                    break;
                }
                refused++;
                assertTrue(reply.contains("No space left on device"), reply);
                assertEquals(Map.of(NAME, "1.0.0 active"), bundles.added());
                assertEquals("{\"return\": \"1.0.0\"}", host.ask("{'execute': 'test-version'}"));
            }
            assertTrue(refused > 1, "refused " + refused + " times");
            assertEquals("{\"return\": \"1.0.1\"}", host.ask("{'execute': 'test-version'}"));
            agent.kill();
        }
        assertAfterARestart("1.0.1");
    }

    @Test
    void anAgentThatIsKilledOnAFullDiskComesUpWithWhatItHad() throws Exception {
        try (var agent = AgentProcess.lodger(folder, options); var host = agent.connectWhenReady()) {
            var bundles = new BundleHost(host);
            bundles.take("install", versions.jar("1.0.0"));
            fill(8192);
            host.send(BundleHost.request("update", "path", versions.jar("1.0.1").toString()));
            agent.kill();
        }
        assertAfterARestart("1.0.0");
    }

    private void assertAfterARestart(String version) throws Exception {
        try (var agent = AgentProcess.lodger(folder, options); var host = agent.connectWhenReady()) {
            assertEquals(Map.of(NAME, version + " active"), new BundleHost(host).added());
            assertEquals("{\"return\": \"" + version + "\"}", host.ask("{'execute': 'test-version'}"));
        }
    }

    @Test
    void anUploadThatFindsNoRoomGoesOnWhenThereIsSome() throws Exception {
        try (var agent = AgentProcess.lodger(folder, options); var host = agent.connectWhenReady()) {
            var upload = new ChunkedUpload(host, versions.jar("1.0.0"));
            fill(0);
            assertTrue(upload.next().contains("No space left on device"));
            Files.delete(disk.resolve("filler"));
            upload.sendAll();
            assertTrue(host.ask(BundleHost.request("install", "upload", upload.id())).contains("\"return\""));
            assertEquals("{\"return\": \"1.0.0\"}", host.ask("{'execute': 'test-version'}"));
        }
    }

    /** Leaves so many bytes free. */
    private void fill(long room) throws IOException {
        var filler = disk.resolve("filler");
        Files.deleteIfExists(filler);
        long free = Files.getFileStore(disk).getUsableSpace();
        Files.write(filler, new byte[(int) Math.max(0, free - room)]);
    }
}
