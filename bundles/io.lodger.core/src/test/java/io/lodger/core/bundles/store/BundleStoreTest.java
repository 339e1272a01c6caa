package io.lodger.core.bundles.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class BundleStoreTest {

    @TempDir
    private Path folder;

    private BundleStore store;

    @BeforeEach
    void open() {
        store = new BundleStore(folder.resolve("store"));
    }

    private StoredBundle stored(String version, String content) throws IOException {
        var file = store.stage(new ByteArrayInputStream(content.getBytes()), 100).orElseThrow();
        return new StoredBundle("com.example.hello", Version.parseVersion(version), store.keep(file));
    }

    private Addition addition(String version, Optional<Addition> previous) throws IOException {
        return new Addition("com.example.hello", Version.parseVersion(version), List.of(stored(version, version)), Optional.of("CN=Vendor"),
                Instant.parse("2026-01-01T00:00:00Z"), "main", true, Optional.empty()).over(previous);
    }

    @Test
    void theIndexComesBackAsItWas() throws Exception {
        var additions = List.of(addition("1.1.0", Optional.of(addition("1.0.0", Optional.empty()))));
        store.commit(additions);
        assertEquals(additions, new BundleStore(folder.resolve("store")).load());
    }

    @Test
    void oneVersionBeforeIsKeptAndItsJarWithIt() throws Exception {
        var one = addition("1.0.0", Optional.empty());
        var two = addition("2.0.0", Optional.of(one));
        var three = addition("3.0.0", Optional.of(two));
        assertEquals(Optional.empty(), three.previous().orElseThrow().previous());
        store.sweep(List.of(three));
        assertFalse(Files.exists(store.jar(one.bundles().get(0).sha256())));
        assertTrue(Files.exists(store.jar(two.bundles().get(0).sha256())));
    }

    @Test
    void anIndexOfALaterFormatIsNotGuessedAt() throws Exception {
        Files.createDirectories(folder.resolve("store"));
        Files.writeString(folder.resolve("store/index.json"), "{\"format\": 2}");
        var e = assertThrows(IllegalArgumentException.class, store::load);
        assertTrue(e.getMessage().contains("it is of format 2, this agent knows format 1"), e.getMessage());
    }

    @Test
    void leftoversOfADeathAreSwept() throws Exception {
        var kept = addition("1.0.0", Optional.empty());
        var leftover = stored("9", "leftover");
        store.stage(new ByteArrayInputStream(new byte[10]), 100);
        Files.writeString(folder.resolve("store/index.json.tmp"), "half");
        store.emptyStaging();
        store.sweep(List.of(kept));
        assertFalse(Files.exists(store.jar(leftover.sha256())));
        assertFalse(Files.exists(folder.resolve("store/index.json.tmp")));
        try (var staging = Files.list(folder.resolve("store/staging"))) {
            assertEquals(0, staging.count());
        }
        assertEquals(Optional.empty(), store.problem(kept.bundles().get(0)));
    }

    @Test
    void moreThanTheLimitIsNotStaged() throws Exception {
        assertEquals(Optional.empty(), store.stage(new ByteArrayInputStream(new byte[101]), 100));
        try (var staging = Files.list(folder.resolve("store/staging"))) {
            assertEquals(0, staging.count());
        }
    }

    @Test
    void aDurableFileThatCantBeWrittenIsAsItWas() throws Exception {
        var file = new DurableFile(folder.resolve("x"));
        file.write("old".getBytes());
        Files.createDirectory(folder.resolve("x.tmp"));
        assertThrows(IOException.class, () -> file.write("new".getBytes()));
        assertEquals("old", new String(file.read().orElseThrow()));
    }
}
