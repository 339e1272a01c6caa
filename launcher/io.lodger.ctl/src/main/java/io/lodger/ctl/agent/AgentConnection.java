package io.lodger.ctl.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * One connection to an agent: requests out, replies matched by their {@code id}, and both ends brought back into step by 0xFF and
 * {@code guest-sync-delimited} whenever they may have lost it (at the start, after a timeout, after a cancelled wait).
 */
public final class AgentConnection implements AgentChannel {
    /** How long the agent has to answer a synchronisation; the figure libvirt uses. */
    public static final Duration SYNC_WAIT = Duration.ofSeconds(5);

    /** The protocol's limit. */
    private static final int LONGEST_REQUEST = 64 * 1024 * 1024;
    private static final int SENTINEL = 0xFF;
    private static final long LARGEST_EXACT_DOUBLE = 1L << 53;

    private final Path path;
    private final AgentSocket socket;
    private final Replies replies = new Replies();
    private final SecureRandom random = new SecureRandom();
    private boolean inStep;

    private AgentConnection(Path path, AgentSocket socket) {
        this.path = path;
        this.socket = socket;
    }

    /**
     * Connects, without saying anything yet.
     *
     * @throws AgentUnavailableException if nobody can be connected to within {@code wait}
     */
    public static AgentConnection open(Path path, Duration wait) throws AgentUnavailableException {
        try {
            return new AgentConnection(path, AgentSocket.connect(path, wait));
        } catch (TimeoutException e) {
            throw new AgentUnavailableException(path + " took no connection within " + Waits.text(wait)
                + "; is another client connected to it?");
        } catch (IOException e) {
            throw new Unreachable(path).because(e);
        }
    }

    @Override
    public JsonElement call(String command, JsonObject arguments, Duration wait, boolean respondsOnSuccess)
            throws AgentErrorException, AgentUnavailableException {
        if (!inStep) {
            synchronise(syncWait(wait));
        }
        var id = random.nextLong(LARGEST_EXACT_DOUBLE - 1);
        var request = request(command, arguments, id);
        if (!respondsOnSuccess) {
            request.write('\n');
            request.writeBytes(request("guest-ping", null, id + 1).toByteArray());
        }
        inStep = false;
        try {
            var result = exchange(request, id, Deadline.in(wait));
            inStep = true;
            return result;
        } catch (AgentErrorException e) {
            inStep = respondsOnSuccess;
            throw e;
        } catch (TimeoutException e) {
            if (!respondsOnSuccess) {
                return new JsonObject();
            }
            throw new AgentUnavailableException(command + " was not answered on " + path + " within " + Waits.text(wait)
                + "; the guest may still be busy with it");
        } catch (ProtocolException e) {
            abandon();
            throw new AgentUnavailableException("the agent on " + path + " sent " + e.getMessage());
        } catch (IOException e) {
            abandon();
            if (!respondsOnSuccess) {
                return new JsonObject();
            }
            throw new AgentUnavailableException("the connection to " + path + " ended before " + command + " was answered");
        }
    }

    /** How long to wait for a synchronisation when calls may take {@code wait}: {@link #SYNC_WAIT}, or less if calls may take less. */
    static Duration syncWait(Duration wait) {
        return wait.isZero() || wait.compareTo(SYNC_WAIT) > 0 ? SYNC_WAIT : wait;
    }

    @Override
    public int longestRequest() {
        return LONGEST_REQUEST;
    }

    @Override
    public void cancel() {
        socket.cancel();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private JsonElement exchange(ByteArrayOutputStream request, long id, Deadline deadline)
            throws IOException, TimeoutException, AgentErrorException {
        request.write('\n');
        socket.send(ByteBuffer.wrap(request.toByteArray()), deadline);
        while (true) {
            var reply = replies.parse(socket.nextLine(deadline));
            if (replies.hasId(reply, id) || replies.isErrorWithoutId(reply)) {
                return replies.result(reply);
            }
            if (replies.hasId(reply, id + 1)) {
                return new JsonObject();
            }
        }
    }

    private void synchronise(Duration wait) throws AgentErrorException, AgentUnavailableException {
        var id = random.nextLong(LARGEST_EXACT_DOUBLE);
        var arguments = new JsonObject();
        arguments.addProperty("id", id);
        var deadline = Deadline.in(wait);
        try {
            var bytes = new ByteArrayOutputStream();
            bytes.write(SENTINEL);
            bytes.writeBytes(request("guest-sync-delimited", arguments, id).toByteArray());
            bytes.write('\n');
            socket.send(ByteBuffer.wrap(bytes.toByteArray()), deadline);
            while (!replies.answersSync(socket.nextLine(deadline), id)) {
                // What comes before the answer belongs to somebody else's request, or is the agent's complaint about the 0xFF.
                continue;
            }
            inStep = true;
        } catch (TimeoutException e) {
            throw new AgentUnavailableException("nothing answered on " + path + " within " + Waits.text(wait)
                + "; is the agent running in the guest?");
        } catch (ProtocolException e) {
            abandon();
            throw new AgentUnavailableException("the agent on " + path + " sent " + e.getMessage());
        } catch (IOException e) {
            abandon();
            throw new AgentUnavailableException("the connection to " + path
                + " ended before the agent answered; is the agent running in the guest?");
        }
    }

    private void abandon() {
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is being given up because it failed; that it fails again in closing says nothing new.
            inStep = false;
        }
    }

    private static ByteArrayOutputStream request(String command, JsonObject arguments, long id) {
        var request = new JsonObject();
        request.addProperty("execute", command);
        if (arguments != null) {
            request.add("arguments", arguments);
        }
        request.addProperty("id", id);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(request.toString().getBytes(StandardCharsets.UTF_8));
        return bytes;
    }
}
