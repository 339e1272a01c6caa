package io.lodger.core.framing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a reader says: a message as its tokens with a space between them. */
final class RecordedEvents implements MessageSink {

    final List<String> events = new ArrayList<>();

    /** What a reader says of the whole text, given byte for char, in one piece. */
    static List<String> of(String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
        var recorded = new RecordedEvents();
        new MessageReader(recorded).feed(bytes, 0, bytes.length);
        return recorded.events;
    }

    @Override
    public void message(Tokens message) {
        var text = new StringBuilder("message");
        for (int i = 0; i < message.count(); i++) {
            int start = message.start(i);
            text.append(' ').append(new String(message.bytes(), start, message.end(i) - start, StandardCharsets.ISO_8859_1));
        }
        events.add(text.toString());
    }

    @Override
    public void malformed(String description) {
        events.add("malformed " + description);
    }

    @Override
    public void resynchronise() {
        events.add("resynchronise");
    }
}
