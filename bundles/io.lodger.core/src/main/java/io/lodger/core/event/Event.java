package io.lodger.core.event;

import io.lodger.core.json.GrowingBuffer;
import io.lodger.core.json.Result;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoField;

/**
 * One line that a host gets without having asked for it just then, as QMP spells it (docs/interop/qmp-spec.rst of QEMU, 2.5
 * "Asynchronous events").
 */
public final class Event {

    private final byte[] line;
    private final long unreadLimit;

    private Event(byte[] line, long unreadLimit) {
        this.line = line;
        this.unreadLimit = unreadLimit;
    }

    /** The event's object. */
    private record Message(String event, Timestamp timestamp, Object data) {
    }

    /** When it happened, since the epoch. */
    private record Timestamp(long seconds, int microseconds) {
    }

    /**
     * An event of this moment.
     *
     * @param data its data, a record
     * @param unreadLimit it is dropped for a host that has left more bytes than this unread
     */
    static Event now(String name, Record data, long unreadLimit) {
        var now = Instant.now();
        var message = new Message(name, new Timestamp(now.getEpochSecond(), now.get(ChronoField.MICRO_OF_SECOND)), data);
        try {
            var line = new GrowingBuffer();
            Result.of(message).writeTo(line);
            return new Event(line.append('\n').toByteArray(), unreadLimit);
        } catch (Exception e) {
            throw new IllegalStateException("a record of the core's own always has a form on the wire", e);
        }
    }

    /** Its bytes, with the line feed that ends them; to be read once. */
    public ByteBuffer line() {
        return ByteBuffer.wrap(line);
    }

    /** It is dropped for a host that has left more bytes than this unread. */
    public long unreadLimit() {
        return unreadLimit;
    }
}
