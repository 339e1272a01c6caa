package io.lodger.save.process;

import io.lodger.posix.Pipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a helper writes to its standard error, and programs that it starts: the first lines of it go to the log. A program that it
 * leaves behind may keep it open; nothing waits for that.
 */
final class ErrorOutput implements AutoCloseable {

    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 1000;
    private static final int WINDOW = 16 << 10;
    private static final int PIPE_SIZE = 64 << 10;
    private static final Pattern CRASH = Pattern.compile("#\\s+(SIG|Internal Error)");
    private static final System.Logger LOG = System.getLogger(ErrorOutput.class.getName());

    private final Pipe pipe = Pipe.open();
    private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int lines;
    private String telling = "";
    private boolean crashed;

    ErrorOutput() throws IOException {
    }

    /** Where the helper writes it to. */
    Path file() {
        return pipe.writingEnd();
    }

    /** Takes what is there, but no more than a pipe holds. */
    void drain() throws IOException {
        int count = 1;
        for (int taken = 0; count > 0 && taken < PIPE_SIZE; taken += Math.max(count, 0)) {
            count = pipe.read(window.clear());
            window.flip();
            while (window.hasRemaining()) {
                take(window.get());
            }
        }
    }

    private void take(byte next) {
        if (next == '\n') {
            endLine();
        } else if (line.size() < LONGEST_LINE) {
            line.write(next);
        }
    }

    private void endLine() {
        var text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        if (text.isEmpty()) {
            return;
        }
        note(text);
        if (lines++ < MOST_LINES) {
            LOG.log(System.Logger.Level.WARNING, "save helper: {0}", text);
        } else if (lines == MOST_LINES + 1) {
            LOG.log(System.Logger.Level.WARNING, "save helper: (it writes more than is kept)");
        }
    }

    /** Where a JVM crashes, it says of what in one of the first lines of a long report. */
    private void note(String text) {
        if (CRASH.matcher(text).lookingAt() && !crashed) {
            crashed = true;
            telling = text.substring(1).strip();
        } else if (!crashed && text.chars().anyMatch(Character::isLetter)) {
            telling = text;
        }
    }

    /** The line that tells most of how it ended, mostly the last; empty when there was none. */
    String tellingLine() {
        return telling;
    }

    /** To be called when the helper has been started. */
    void begun() {
        pipe.closeWritingEnd();
    }

    @Override
    public void close() {
        endLine();
        pipe.close();
    }
}
