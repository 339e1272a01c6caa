package io.lodger.itests.guest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;

/**
 * A qemu-ga on a port of its own: a way into the guest beside the agent under test. It keeps its connection to the guest from one use
 * to the next; {@link #disconnect} gives it up.
 */
public final class ControlAgent {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** How often it is asked whether a program has ended. */
    private static final long POLL_NANOS = 5_000_000;

    private final Path socket;
    private AgentConnection connection;

    ControlAgent(Path socket) {
        this.socket = socket;
    }

    /**
     * How a program in the guest ended.
     *
     * @param status the exit status; 128 and the signal's number for one that was killed
     * @param out what it wrote to its standard output, as UTF-8
     * @param err what it wrote to its standard error
     */
    public record Result(int status, String out, String err) {

        /** The standard output without the white space around it, of a program that must have succeeded. */
        public String text() {
            if (status != 0) {
                throw new AssertionError("in the guest: exit status " + status + "\n" + out + err);
            }
            return out.strip();
        }
    }

    /** Runs a script with {@code /bin/sh} as root, for up to five minutes. */
    public Result run(String script) throws IOException {
        return run(script, PATIENCE);
    }

    /** Runs a script with {@code /bin/sh} as root. What it leaves running must not hold its outputs, or it is waited for. */
    public Result run(String script, Duration patience) throws IOException {
        var arguments = new JsonObject();
        arguments.addProperty("path", "/bin/sh");
        var words = new JsonArray();
        words.add("-c");
        words.add(script);
        arguments.add("arg", words);
        arguments.addProperty("capture-output", true);
        long pid = agent().call("guest-exec", arguments.toString()).getAsJsonObject().get("pid").getAsLong();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var status = agent().call("guest-exec-status", "{'pid': " + pid + "}").getAsJsonObject();
            if (status.get("exited").getAsBoolean()) {
                return new Result(status.has("exitcode") ? status.get("exitcode").getAsInt() : 128 + status.get("signal").getAsInt(),
                        data(status, "out-data"), data(status, "err-data"));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("in the guest: still running after " + patience.toSeconds() + " s: " + script);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits until a condition of test(1) or another script holds in the guest, up to five minutes. */
    public void await(String script) throws IOException {
        run("until " + script + "; do sleep 0.05; done");
    }

    /** Writes a file of the guest; its folder must exist. */
    public void write(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file of the guest, of a few MiB at most; its folder must exist. */
    public void write(String path, byte[] content) throws IOException {
        long handle = agent().call("guest-file-open", "{'path': '" + path + "', 'mode': 'w'}").getAsLong();
        var data = Base64.getEncoder().encodeToString(content);
        agent().call("guest-file-write", "{'handle': " + handle + ", 'buf-b64': '" + data + "'}");
        agent().call("guest-file-close", "{'handle': " + handle + "}");
    }

    /** Sets the guest's clock to the host's: that of a machine that starts from a saved state stands where it was saved. */
    public void setClock() throws IOException {
        run("date -s @" + Instant.now().getEpochSecond()).text();
    }

    /** A connection to the guest's qemu-ga that has been synchronised, for commands other than those above. */
    public AgentConnection agent() throws IOException {
        if (connection == null) {
            connection = new AgentConnection(socket).sync();
        }
        return connection;
    }

    /** Gives up the connection; the next use makes one. */
    public void disconnect() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private static String data(JsonObject status, String member) {
        return status.has(member) ? new String(Base64.getDecoder().decode(status.get(member).getAsString()), StandardCharsets.UTF_8) : "";
    }
}
