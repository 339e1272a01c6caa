package io.lodger.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BooleanSupplier;

/** Waits for what no latch can tell. */
public final class Condition {

    private Condition() {
    }

    /** Waits until something is so, for half a minute at most. */
    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it did not come to pass");
            Thread.yield();
        }
    }
}
