package io.lodger.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A host on a Unix socket. What it reads and writes is bytes, one character each. */
public final class Host implements AutoCloseable {

    private final SocketChannel socket;
    private final ByteBuffer input = ByteBuffer.allocate(64 << 10).limit(0);

    private Host(SocketChannel socket) {
        this.socket = socket;
    }

    public static Host connect(Path path) throws IOException {
        var socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(path));
        return new Host(socket);
    }

    public Host send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Host send(byte[] bytes) throws IOException {
        var rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            socket.write(rest);
        }
        return this;
    }

    /** Asks for a command without arguments. */
    public Host ask(String command) throws IOException {
        return send("{\"execute\": \"" + command + "\"}");
    }

    /** Sends a sync with a number. */
    public Host sync(long id) throws IOException {
        return send("{\"execute\": \"guest-sync\", \"arguments\": {\"id\": " + id + "}}");
    }

    /** The next line of the agent without its end. */
    public String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = next(); next != '\n'; next = next()) {
            if (next < 0) {
                throw new IOException("the agent hung up after '" + line + "'");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** The next character of the agent, as soon as it is there; what comes with it is kept. */
    public int firstCharacter() throws IOException {
        return next();
    }

    public String call(String command) throws IOException {
        return ask(command).line();
    }

    /** Whether the agent has hung up and sent nothing before it did; waits for the one or the other. */
    public boolean isAtEnd() throws IOException {
        return next() < 0;
    }

    private int next() throws IOException {
        if (!input.hasRemaining()) {
            int count = socket.read(input.clear());
            input.flip();
            if (count < 0) {
                return -1;
            }
        }
        return input.get() & 0xFF;
    }

    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
