package io.lodger.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A pseudoterminal (pty(7)) of which {@code script}(1) holds the master, as a host holds the other end of a serial line. */
final class Pty implements AutoCloseable {

    private final Process script;
    private final BufferedReader output;
    private final String line;

    private Pty(Process script) throws IOException {
        this.script = script;
        output = script.inputReader(ISO_8859_1);
        line = output.readLine().trim();
    }

    static Pty open() throws IOException {
        return new Pty(new ProcessBuilder("script", "-q", "-c", "tty; exec sleep infinity", "/dev/null").start());
    }

    /** The path of the line. */
    String line() {
        return line;
    }

    void send(String text) throws IOException {
        script.getOutputStream().write(text.getBytes(ISO_8859_1));
        script.getOutputStream().flush();
    }

    /** The next line. A stream of a process heeds no interruption, hence a deadline of its own. */
    String receive() throws Exception {
        return next().get(30, TimeUnit.SECONDS);
    }

    /** The next line, once it is there. */
    CompletableFuture<String> next() {
        return CompletableFuture.supplyAsync(this::readLine);
    }

    private String readLine() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hangs up. */
    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly().onExit().join();
    }
}
