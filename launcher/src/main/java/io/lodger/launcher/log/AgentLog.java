package io.lodger.launcher.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Writes lines of the form {@code <seconds>.<microseconds>: <level>: <text>} to standard error or a file. While file systems are
 * frozen nothing is written, because a write could block until they are thawed: the lines are kept, and written with the first
 * line after that.
 */
public final class AgentLog {

    /** The one log of this process. Whoever is in a hurry takes it from here: to look the finder up as a service takes 40 ms. */
    public static final AgentLog PROCESS = new AgentLog();

    /** How many lines are kept while frozen; of more the oldest are lost. */
    private static final int KEPT = 1000;
    private static final long NANOS_PER_MICRO = 1000;

    private final Queue<String> kept = new ArrayDeque<>();
    private OutputStream output = new FileOutputStream(FileDescriptor.err);
    private Path unopened;
    private int lost;
    private volatile System.Logger.Level threshold = System.Logger.Level.WARNING;
    private volatile BooleanSupplier frozen = () -> false;

    private AgentLog() {
    }

    /** Writes everything from here on, not only warnings and errors. */
    public void logEverything() {
        threshold = System.Logger.Level.ALL;
    }

    /** Keeps lines instead of writing them for as long as this is so. */
    public void keepWhile(BooleanSupplier isFrozen) {
        frozen = isFrozen;
    }

    /** Writes to the end of a file. While frozen, the file is opened when it is first written to. */
    public synchronized void writeTo(Path logFile) throws IOException {
        if (frozen.getAsBoolean()) {
            unopened = logFile;
        } else {
            output = open(logFile);
        }
    }

    private static OutputStream open(Path logFile) throws IOException {
        return Files.newOutputStream(logFile, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    boolean isLoggable(System.Logger.Level level) {
        return level != System.Logger.Level.OFF && level.compareTo(threshold) >= 0;
    }

    /** Logs what ends the agent. */
    public void critical(String text) {
        write("critical", text);
    }

    /** Logs what should be put right. */
    public void warning(String text) {
        write("warning", text);
    }

    void log(System.Logger.Level level, String text, Optional<Throwable> thrown) {
        write(wordFor(level), thrown.map(cause -> text + '\n' + stack(cause)).orElse(text));
    }

    /** GLib's words. Its {@code error} is what aborts a process, so an error of ours is what it calls critical. */
    private static String wordFor(System.Logger.Level level) {
        return switch (level) {
            case ERROR -> "critical";
            case WARNING -> "warning";
            case INFO -> "info";
            default -> "debug";
        };
    }

    private static String stack(Throwable cause) {
        var text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }

    private synchronized void write(String word, String text) {
        var now = Instant.now();
        var micros = String.valueOf(1_000_000 + now.getNano() / NANOS_PER_MICRO).substring(1);
        kept.add(now.getEpochSecond() + "." + micros + ": " + word + ": " + text + '\n');
        if (kept.size() > KEPT) {
            kept.remove();
            lost++;
        }
        flush();
    }

    /** Writes what was kept, unless it is still to be kept. */
    public synchronized void flush() {
        if (frozen.getAsBoolean()) {
            return;
        }
        try {
            if (unopened != null) {
                output = open(unopened);
                unopened = null;
            }
            if (lost > 0) {
                output.write(("(" + lost + " lines are lost)\n").getBytes(StandardCharsets.UTF_8));
                lost = 0;
            }
            for (var line = kept.poll(); line != null; line = kept.poll()) {
                output.write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // There is no other place to say so, and a full disk is no reason to end.
            kept.clear();
        }
    }
}
