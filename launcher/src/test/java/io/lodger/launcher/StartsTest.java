package io.lodger.launcher;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsTest {

    @TempDir
    private Path store;

    @BeforeEach
    void addSomething() throws IOException {
        Files.writeString(store.resolve("index.json"), "{}");
    }

    private Starts start() {
        return new Starts(store, () -> false);
    }

    @Test
    void threeDeathsLeadToSafeModeUntilTheBundlesAreChanged() {
        for (int i = 0; i < 3; i++) {
            assertFalse(start().begin());
        }
        var safe = start();
        assertTrue(safe.begin());
        safe.succeeded();
        assertTrue(start().begin(), "safe mode is not left by itself");
        safe.forget();
        assertFalse(start().begin());
    }

    @Test
    void aSurvivedMinuteOrAnEndThatWasAskedForBreaksTheRow() {
        for (int i = 0; i < 5; i++) {
            start().begin();
            var second = start();
            assertFalse(second.begin());
            if (i % 2 == 0) {
                second.succeeded();
            } else {
                second.ended();
            }
        }
    }

    @Test
    void withoutAddedBundlesNothingIsCounted() throws IOException {
        Files.delete(store.resolve("index.json"));
        start().begin();
        assertFalse(Files.exists(store.resolve("starts")));
    }

    @Test
    void whileFrozenNothingIsWritten() {
        assertFalse(new Starts(store, () -> true).begin());
        assertFalse(Files.exists(store.resolve("starts")));
    }
}
