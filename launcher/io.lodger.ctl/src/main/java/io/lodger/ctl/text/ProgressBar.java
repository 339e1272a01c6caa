package io.lodger.ctl.text;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.TerminalBuilder;

/** A bar in the last line of a terminal, for the bytes of all guests together; it is wiped out at the end. */
public final class ProgressBar implements Progress, AutoCloseable {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final int USUAL_WIDTH = 80;
    private static final int WIDEST_BAR = 40;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String WIPE = "\r\u001B[K";
    /** Held strongly: a logger nobody holds is collected, with its level. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private final PrintWriter out;
    private final int width;
    private long expected;
    private long done;
    private long shownAt;
    private boolean shown;

    /** @param width the terminal's, in columns */
    ProgressBar(PrintWriter out, int width) {
        this.out = out;
        this.width = width;
        shownAt = System.nanoTime() - PAUSE_NANOS;
    }

    /** A bar of the width of the terminal this process was started on. */
    public static ProgressBar on(PrintWriter out) {
        return new ProgressBar(out, terminalWidth());
    }

    /** Whether standard error is a terminal. The JVM tells that of the other two streams only. */
    public static boolean isPossible() {
        try {
            var file = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    private static int terminalWidth() {
        JLINE.setLevel(Level.OFF);
        try (var terminal = TerminalBuilder.builder().system(true).provider("exec").dumb(false).build()) {
            var columns = terminal.getSize().getColumns();
            return columns > 0 ? columns : USUAL_WIDTH;
        } catch (IOException | IllegalStateException e) {
            return USUAL_WIDTH;
        }
    }

    @Override
    public synchronized void expect(long bytes) {
        expected += bytes;
        show();
    }

    @Override
    public synchronized void advance(long bytes) {
        done += bytes;
        show();
    }

    private void show() {
        if (System.nanoTime() - shownAt < PAUSE_NANOS && done < expected) {
            return;
        }
        shownAt = System.nanoTime();
        shown = true;
        out.print(WIPE + line());
        out.flush();
    }

    /** The bar and the figures, as far as they fit. */
    private String line() {
        var percent = expected == 0 ? 100 : 100 * done / expected;
        var figures = String.format(" %3d %%  %s of %s", percent, Quantity.bytes(Long.toString(done)),
            Quantity.bytes(Long.toString(expected)));
        var room = Math.min(WIDEST_BAR, width - figures.length() - 3);
        if (room < 1) {
            return figures.strip();
        }
        var full = (int) (expected == 0 ? room : room * done / expected);
        return "[" + "#".repeat(full) + "-".repeat(room - full) + "]" + figures;
    }

    @Override
    public synchronized void close() {
        if (shown) {
            shown = false;
            out.print(WIPE);
            out.flush();
        }
    }
}
