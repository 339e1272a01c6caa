package io.lodger.itests;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** The host's end of a channel, byte by byte: nothing is added, hidden or put right. Every wait has its deadline. */
public final class Host implements AutoCloseable {

    /** How long any one answer may take before a test calls it missing. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Duration patience;
    private final SocketChannel socket;
    /** One for each direction, so that one thread may send while another receives. */
    private final Selector readable = Selector.open();
    private final Selector writable = Selector.open();
    private final ByteBuffer window = ByteBuffer.allocateDirect(1 << 16).flip();
    /** A heap buffer would be copied again, as a whole, at every write that takes a part of it. */
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(1 << 18);

    /** Connects; the agent must be listening. */
    public Host(Path path) throws IOException {
        this(path, PATIENCE);
    }

    /** Connects to an agent that may take longer for its answers. */
    public Host(Path path, Duration patience) throws IOException {
        this.patience = patience;
        socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            close();
            throw e;
        }
        socket.configureBlocking(false);
        socket.register(readable, SelectionKey.OP_READ);
        socket.register(writable, SelectionKey.OP_WRITE);
    }

    /** Sends a text; characters up to U+00FF become the byte of that value, so that {@code \}u00ff is the byte 0xFF. */
    public Host send(String latin1) throws IOException {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes; reads nothing meanwhile. */
    public Host send(byte[] bytes) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (int sent = 0; sent < bytes.length; sent += outgoing.limit()) {
            outgoing.clear().put(bytes, sent, Math.min(outgoing.capacity(), bytes.length - sent)).flip();
            while (outgoing.hasRemaining()) {
                if (socket.write(outgoing) == 0) {
                    await(writable, deadline);
                }
            }
        }
        return this;
    }

    /** The next line, without its end; bytes as characters up to U+00FF. */
    public String line() throws IOException {
        var line = lineOrEnd();
        if (line == null) {
            throw new EOFException("the agent hung up");
        }
        return line;
    }

    /** The next line, or null when the agent hangs up. */
    public String lineOrEnd() throws IOException {
        var line = new ByteArrayOutputStream(256);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            int start = window.position();
            int end = start;
            while (end < window.limit() && window.get(end) != '\n') {
                end++;
            }
            var part = new byte[end - start];
            window.get(part);
            line.writeBytes(part);
            if (window.hasRemaining()) {
                window.get();
                return line.toString(StandardCharsets.ISO_8859_1);
            }
            if (!fill(deadline)) {
                return null;
            }
        }
    }

    /** Sends a request and gives the next line. */
    public String ask(String request) throws IOException {
        return send(request).line();
    }

    /** Says that nothing more will be sent. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    private boolean fill(long deadline) throws IOException {
        window.clear();
        int count;
        while ((count = socket.read(window)) == 0) {
            await(readable, deadline);
        }
        window.flip();
        return count > 0;
    }

    private void await(Selector selector, long deadline) throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0 || selector.select(key -> { }, left) == 0 && System.nanoTime() > deadline) {
            throw new IOException((selector == readable ? "no answer" : "nothing taken") + " within " + patience);
        }
    }

    @Override
    public void close() throws IOException {
        readable.close();
        writable.close();
        socket.close();
    }
}
