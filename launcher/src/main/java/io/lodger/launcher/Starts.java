package io.lodger.launcher;

import io.lodger.core.bundles.store.DurableFile;
import io.lodger.launcher.log.AgentLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Counts, in a file beside the added bundles, the starts in a row after which the agent died before its time of trial was over. When
 * there were {@value #LIMIT}, it starts without added bundles, until the added bundles are changed. An agent that is asked to end
 * doesn't die, and one without added bundles isn't counted, for there is nothing to leave out.
 */
final class Starts {

    /** An agent that dies later than this after its start is not held to have died of the start. */
    static final Duration TRIAL = Duration.ofMinutes(1);

    private static final int LIMIT = 3;

    private final Path store;
    private final DurableFile file;
    private final BooleanSupplier frozen;
    private boolean counted;

    /** The starts with the bundles of this store; nothing is written while file systems are frozen. */
    Starts(Path store, BooleanSupplier frozen) {
        this.store = store;
        this.frozen = frozen;
        file = new DurableFile(store.resolve("starts"));
    }

    /** Counts a start; true when it is to be one without added bundles. */
    synchronized boolean begin() {
        try {
            int died = died();
            if (died >= LIMIT) {
                AgentLog.PROCESS.warning("the agent has died " + LIMIT + " times within a minute of its start; it starts without the "
                        + "bundles that were added to it");
                return true;
            }
            if (Files.exists(store.resolve("index.json")) && !frozen.getAsBoolean()) {
                file.write(Integer.toString(died + 1).getBytes(StandardCharsets.US_ASCII));
                counted = true;
            }
        } catch (IOException e) {
            AgentLog.PROCESS.warning("starts can't be counted: " + e);
        }
        return false;
    }

    private int died() throws IOException {
        var content = file.read();
        try {
            return content.isEmpty() ? 0 : Integer.parseInt(new String(content.get(), StandardCharsets.US_ASCII).strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Says that the time of trial is over. */
    void succeeded() {
        ended();
    }

    /** Says that the agent ends because it is to. */
    synchronized void ended() {
        if (counted) {
            counted = false;
            forget();
        }
    }

    /** Forgets what was counted: the bundles are others now. */
    synchronized void forget() {
        try {
            if (!frozen.getAsBoolean()) {
                file.delete();
            }
        } catch (IOException e) {
            AgentLog.PROCESS.warning("starts can't be counted: " + e);
        }
    }
}
