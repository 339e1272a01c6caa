package io.lodger.ctl.agent;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/** Reads reply lines: one JSON object each, with {@code return} or {@code error} and the request's {@code id}. */
public final class Replies {
    private static final int SHOWN = 60;

    private final TypeAdapter<JsonElement> adapter = new Gson().getAdapter(JsonElement.class);

    /** @throws ProtocolException if the line is no JSON object */
    public JsonObject parse(byte[] line) throws ProtocolException {
        return parse(line, 0);
    }

    boolean hasId(JsonObject reply, long id) {
        // Compared as text: a guest's 1e999999999 must not be turned into an integer.
        return reply.get("id") != null && reply.get("id").toString().equals(Long.toString(id));
    }

    /** Whether the agent complains about a request it could not read far enough to find its id; when in step, that is the last one. */
    boolean isErrorWithoutId(JsonObject reply) {
        return reply.has("error") && !reply.has("id");
    }

    /** What the reply to a request holds. */
    public JsonElement result(JsonObject reply) throws AgentErrorException, ProtocolException {
        if (reply.has("return")) {
            return reply.get("return");
        }
        if (reply.get("error") instanceof JsonObject error) {
            throw new AgentErrorException(Member.text(error, "class").orElse("GenericError"),
                Member.text(error, "desc").orElse("the agent gave no description"));
        }
        throw new ProtocolException("a reply with neither return nor error");
    }

    /**
     * Whether the line is the answer to the synchronisation {@code id}, which stands behind a byte 0xFF.
     *
     * @throws AgentErrorException if it is the agent's refusal of it
     */
    boolean answersSync(byte[] line, long id) throws AgentErrorException, ProtocolException {
        var start = line.length;
        while (start > 0 && line[start - 1] != (byte) 0xFF) {
            start--;
        }
        try {
            var reply = parse(line, start);
            if (start == 0 && reply.has("error") && hasId(reply, id)) {
                result(reply);
            }
            return start > 0 && reply.has("return") && reply.get("return").toString().equals(Long.toString(id));
        } catch (ProtocolException e) {
            return false;
        }
    }

    private JsonObject parse(byte[] line, int start) throws ProtocolException {
        try (var reader = new JsonReader(new InputStreamReader(
                new ByteArrayInputStream(line, start, line.length - start), StandardCharsets.UTF_8))) {
            reader.setStrictness(Strictness.STRICT);
            var element = adapter.read(reader);
            if (element instanceof JsonObject object && reader.peek() == JsonToken.END_DOCUMENT) {
                return object;
            }
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
            throw noObject(line);
        }
        throw noObject(line);
    }

    private static ProtocolException noObject(byte[] line) {
        var text = new String(line, 0, Math.min(line.length, SHOWN), StandardCharsets.UTF_8);
        return new ProtocolException("a line that is no JSON object: " + text + (line.length > SHOWN ? "..." : ""));
    }
}
