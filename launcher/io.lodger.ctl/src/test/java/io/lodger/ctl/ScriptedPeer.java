package io.lodger.ctl;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The other end of a unix socket, which says what a test wants it to say. */
public final class ScriptedPeer implements AutoCloseable {
    private final ServerSocketChannel server;
    private final FutureTask<Void> task;

    /** What the peer does with a connection; the connection ends when it returns. */
    @FunctionalInterface
    public interface Script {
        void play(Connection connection) throws IOException;
    }

    /** One client's connection, seen from the peer. */
    public static final class Connection {
        private final InputStream in;
        private final OutputStream out;

        private Connection(SocketChannel channel) {
            in = Channels.newInputStream(channel);
            out = Channels.newOutputStream(channel);
        }

        /** The next request line as it came, with a 0xFF if there was one. */
        public byte[] line() throws IOException {
            var line = new ByteArrayOutputStream();
            for (var next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException();
                }
                line.write(next);
            }
            return line.toByteArray();
        }

        /** The next request. */
        public JsonObject request() throws IOException {
            var text = new String(line(), StandardCharsets.ISO_8859_1);
            return JsonParser.parseString(text.substring(text.lastIndexOf('\u00FF') + 1)).getAsJsonObject();
        }

        /** Sends text as ISO 8859-1, so that {@code \}{@code u00FF} is the byte 0xFF. */
        public void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        /** Answers a synchronisation as it should be. */
        public void synchronise() throws IOException {
            send("\u00FF{\"return\": " + request().getAsJsonObject("arguments").get("id") + "}\n");
        }

        /**
         * Answers the next request.
         *
         * @param reply {@code "return": ...} or {@code "error": ...}
         */
        public void answer(String reply) throws IOException {
            send("{" + reply + ", \"id\": " + request().get("id") + "}\n");
        }

        /** Waits until the client hangs up, without answering. */
        public void awaitEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Plays each script to one connection after the other. */
    public ScriptedPeer(Path path, Script... scripts) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        task = new FutureTask<>(() -> {
            for (var script : scripts) {
                try (var channel = server.accept()) {
                    script.play(new Connection(channel));
                }
            }
            return null;
        });
        new Thread(task, "scripted peer").start();
    }

    /**
     * A script that answers each command with what stands under its name, and others with CommandNotFound.
     *
     * @param replies by command, {@code "return": ...} or {@code "error": ...}
     */
    public static Script answering(Map<String, String> replies) {
        return connection -> {
            try {
                while (true) {
                    var request = connection.request();
                    var name = request.get("execute").getAsString();
                    var sync = name.equals("guest-sync-delimited");
                    var reply = sync
                        ? "\"return\": " + request.getAsJsonObject("arguments").get("id")
                        : replies.getOrDefault(name, "\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command " + name
                            + " has not been found\"}");
                    connection.send((sync ? "\u00FF" : "") + "{" + reply + ", \"id\": " + request.get("id") + "}\n");
                }
            } catch (EOFException e) {
                return;
            }
        };
    }

    /** Stops listening, and fails if a script did. A client that hung up is no failure. */
    @Override
    public void close() throws IOException, InterruptedException, TimeoutException {
        server.close();
        try {
            task.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ClosedChannelException)) {
                throw new AssertionError("the peer's script failed", e.getCause());
            }
        }
    }
}
