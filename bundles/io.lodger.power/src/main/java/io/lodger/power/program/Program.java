package io.lodger.power.program;

import io.lodger.posix.Pipe;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the guest that is run to its end, with nothing to read and its output collected. It and the programs it started are
 * ended at the deadline and when the thread is interrupted. What it leaves running of its own will, in the background, is let be;
 * nothing is waited for but its own end.
 *
 * @param file the program
 * @param deadline how long it may run; time during which the machine sleeps doesn't count
 */
public record Program(Path file, Duration deadline) {

    /** So many bytes of the output are kept; what comes after them is read and dropped. */
    static final int OUTPUT_LIMIT = 64 << 10;

    private static final File NOTHING = new File("/dev/null");
    private static final Duration TERM_PATIENCE = Duration.ofSeconds(1);
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

    /** How long it is waited until it is looked again whether there is output; longer each time that there is none. */
    private static final long SHORTEST_PAUSE_NANOS = 500_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    /**
     * Runs it and waits for its end.
     *
     * @throws IOException when it can't be started, or did not end by the deadline
     * @throws InterruptedException when this thread is interrupted; the program has been ended then
     */
    public Ended run(String... arguments) throws IOException, InterruptedException {
        try (var pipe = Pipe.open()) {
            var output = new Output(pipe);
            var process = start(pipe, arguments);
            pipe.closeWritingEnd();
            try {
                if (awaitEnd(process, output)) {
                    return new Ended(name(), process.exitValue(), output.text());
                }
            } catch (InterruptedException e) {
                end(process);
                throw e;
            }
            end(process);
            throw new IOException(name() + " did not end within " + deadline.toMillis() / 1000.0 + " s and was ended"
                    + (process.isAlive() ? " in vain" : "") + Ended.quoted(output.text()));
        }
    }

    private Process start(Pipe pipe, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectInput(NOTHING).redirectErrorStream(true)
                .redirectOutput(pipe.writingEnd().toFile());
        // What it says stands in errors; it says it in the language that they are written in.
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private boolean awaitEnd(Process process, Output output) throws IOException, InterruptedException {
        long limit = System.nanoTime() + deadline.toNanos();
        long pause = SHORTEST_PAUSE_NANOS;
        while (process.isAlive()) {
            long left = limit - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            pause = output.drain() ? 0 : Math.min(Math.max(2 * pause, SHORTEST_PAUSE_NANOS), LONGEST_PAUSE_NANOS);
            process.waitFor(Math.min(pause, left), TimeUnit.NANOSECONDS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        output.drain();
        return true;
    }

    /** Asks it and those that it started to end, and kills what is left. The JVM collects it. */
    private static void end(Process process) {
        var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        boolean interrupted = awaitEnd(process, TERM_PATIENCE);
        all.forEach(ProcessHandle::destroyForcibly);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        interrupted |= awaitEnd(process, KILL_PATIENCE);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits also when this thread is interrupted, and says whether it was. */
    private static boolean awaitEnd(Process process, Duration patience) {
        boolean interrupted = false;
        long limit = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = limit - System.nanoTime()) {
            try {
                process.waitFor(left, TimeUnit.NANOSECONDS);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private String name() {
        return file.getFileName().toString();
    }

    /** What the program prints, to its standard output and error. */
    private static final class Output {

        private static final int WINDOW = 16 << 10;
        private static final int PIPE_SIZE = 64 << 10;

        private final Pipe pipe;
        private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW);
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Output(Pipe pipe) {
            this.pipe = pipe;
        }

        /** Takes what is there, but no more than a pipe holds; false when there is nothing. */
        boolean drain() throws IOException {
            int taken = 0;
            for (int count = 1; count > 0 && taken < PIPE_SIZE; taken += Math.max(count, 0)) {
                count = pipe.read(window.clear());
                window.flip().limit(Math.min(window.limit(), OUTPUT_LIMIT - kept.size()));
                while (window.hasRemaining()) {
                    kept.write(window.get());
                }
            }
            return taken > 0;
        }

        String text() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
