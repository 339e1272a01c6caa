package io.lodger.core.dispatch;

import io.lodger.core.transport.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The replies that one connection has not taken yet, and those whose fate somebody wants to know. Not safe for several threads. */
final class Backlog {

    private final Connection connection;
    private final Deque<ByteBuffer> lines = new ArrayDeque<>();
    private final Deque<Awaited> awaited = new ArrayDeque<>(0);
    private long entered;
    private long left;

    /** A reply that has left when so many bytes have. */
    private record Awaited(long bytes, ReplyFate fate) {
    }

    Backlog(Connection connection) {
        this.connection = connection;
    }

    /** Lets a reply wait behind the others. */
    void add(ByteBuffer line) {
        lines.add(line);
        entered += line.remaining();
    }

    /** Tells what becomes of the reply that was added last, or of a call at this place that has none. */
    void follow(ReplyFate fate) {
        awaited.add(new Awaited(entered, fate));
        written(0);
    }

    /** How many bytes have not been written yet. */
    long bytes() {
        return entered - left;
    }

    /** Whether all bytes stand in the window from which they are written. */
    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Fills the window with what is to be written next. */
    void refill(ByteBuffer window) {
        window.clear();
        while (window.hasRemaining() && !lines.isEmpty()) {
            var line = lines.peek();
            int length = Math.min(line.remaining(), window.remaining());
            window.put(window.position(), line, line.position(), length);
            window.position(window.position() + length);
            line.position(line.position() + length);
            if (!line.hasRemaining()) {
                lines.remove();
            }
        }
        window.flip();
    }

    /** Notes that so many bytes were written. */
    void written(int bytes) {
        left += bytes;
        while (!awaited.isEmpty() && awaited.peek().bytes() <= left) {
            awaited.remove().fate().sent(connection);
        }
    }

    /** Drops what is left. */
    void clear() {
        lines.clear();
        left = entered;
        awaited.forEach(reply -> reply.fate().lost());
        awaited.clear();
    }
}
