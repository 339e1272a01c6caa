package io.lodger.core.json;

import com.google.gson.JsonElement;
import io.lodger.core.framing.MessageReader;
import io.lodger.core.framing.MessageSink;
import io.lodger.core.framing.Tokens;
import java.nio.charset.StandardCharsets;

/** The one message of a text, read and parsed. */
final class Message implements MessageSink {

    private JsonElement result;
    private JsonParseException failure;

    /** Parses a text that holds one byte in each of its characters. */
    static JsonElement parse(String latin) throws JsonParseException {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        var message = new Message();
        new MessageReader(message).feed(bytes, 0, bytes.length);
        if (message.failure != null) {
            throw message.failure;
        }
        return message.result;
    }

    @Override
    public void message(Tokens tokens) {
        try {
            result = JsonParser.parse(tokens);
        } catch (JsonParseException e) {
            failure = e;
        }
    }

    @Override
    public void malformed(String description) {
        throw new AssertionError("not even a message: " + description);
    }

    @Override
    public void resynchronise() {
        throw new AssertionError("the text begins anew");
    }
}
