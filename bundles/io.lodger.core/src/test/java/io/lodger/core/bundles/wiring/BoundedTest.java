package io.lodger.core.bundles.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedTest {

    private final Bounded soon = new Bounded(Duration.ofMillis(50));
    private final Bounded ever = new Bounded(Duration.ofDays(1));

    @Test
    void whatHangsIsInterruptedAndNamed() throws Exception {
        var interrupted = new CountDownLatch(1);
        var e = assertThrows(CommandException.class, () -> soon.run("start x 1.0.0", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException end) {
                interrupted.countDown();
            }
            return null;
        }));
        interrupted.await();
        assertTrue(e.getMessage().startsWith("To start x 1.0.0 takes longer than "), e.getMessage());
        assertTrue(!e.getMessage().contains("can't be interrupted"), e.getMessage());
    }

    @Test
    void whatIsThrownArrivesAndErrorsAreTold() throws Exception {
        assertThrows(IOException.class, () -> ever.run("start", () -> {
            throw new IOException("no");
        }));
        var e = assertThrows(CommandException.class, () -> ever.run("start x 1.0.0", () -> {
            throw new OutOfMemoryError("Java heap space");
        }));
        assertEquals("To start x 1.0.0 failed with java.lang.OutOfMemoryError: Java heap space", e.getMessage());
        assertEquals(1, ever.run("start", () -> 1));
    }
}
