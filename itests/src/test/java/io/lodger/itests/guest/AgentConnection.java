package io.lodger.itests.guest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lodger.itests.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A host's connection to an agent's port: requests and their replies. For the bytes there is {@link #host}. */
public final class AgentConnection implements AutoCloseable {

    /** So that no two syncs of a run have the same id. */
    private static final AtomicInteger IDS = new AtomicInteger(1_000_000);

    private final Host host;

    AgentConnection(Path socket) throws IOException {
        host = new Host(socket);
    }

    /** A connection to an agent that may still be starting. */
    AgentConnection(Path socket, Duration patience) throws IOException {
        host = new Host(socket, patience);
    }

    /** The bytes. */
    public Host host() {
        return host;
    }

    /** An id that no sync of this run had. */
    public static int freshId() {
        return IDS.incrementAndGet();
    }

    /** Sends 0xFF and guest-sync-delimited, and passes over what comes before the answer. */
    public AgentConnection sync() throws IOException {
        int id = freshId();
        host.send("\u00ff{\"execute\": \"guest-sync-delimited\", \"arguments\": {\"id\": " + id + "}}\n");
        var answer = "\u00ff{\"return\": " + id + "}";
        for (var line = host.line(); !line.endsWith(answer); line = host.line()) {
            // What was under way before.
        }
        return this;
    }

    /** Calls a command without arguments, and gives what it returns. */
    public JsonElement call(String command) throws IOException {
        return call(command, "{}");
    }

    /**
     * Calls a command, and gives what it returns.
     *
     * @param arguments a JSON object; single quotes will do
     * @throws IOException when the agent answers with an error, with its words
     */
    public JsonElement call(String command, String arguments) throws IOException {
        var reply = ask(command, arguments);
        if (!reply.has("return")) {
            throw new IOException(command + " " + arguments + ": " + reply);
        }
        return reply.get("return");
    }

    /** Calls a command, and gives the whole reply, be it an error or not. */
    public JsonObject ask(String command, String arguments) throws IOException {
        send(command, arguments);
        return JsonParser.parseString(host.line()).getAsJsonObject();
    }

    /** Sends a request and awaits nothing: some commands have no reply when they succeed. */
    public AgentConnection send(String command, String arguments) throws IOException {
        var request = new JsonObject();
        request.addProperty("execute", command);
        var parsed = JsonParser.parseString(arguments).getAsJsonObject();
        if (parsed.size() > 0) {
            request.add("arguments", parsed);
        }
        host.send(request + "\n");
        return this;
    }

    @Override
    public void close() throws IOException {
        host.close();
    }
}
