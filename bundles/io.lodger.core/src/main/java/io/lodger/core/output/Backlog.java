package io.lodger.core.output;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The lines that one connection has not taken yet, and those whose fate somebody wants to know. Not safe for several threads. */
final class Backlog {

    private final Deque<ByteBuffer> lines = new ArrayDeque<>();
    private final Deque<Awaited> awaited = new ArrayDeque<>(0);
    private final List<ReplyFate> handedOver = new ArrayList<>(0);
    private long entered;
    private long left;

    /** A reply that has been handed over when so many bytes have. */
    private record Awaited(long bytes, ReplyFate fate) {
    }

    /** Lets a line wait behind the others. */
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
            handedOver.add(awaited.remove().fate());
        }
    }

    /** Whether somebody wants to know of replies that were handed over whether the host has taken them. */
    boolean hasHandedOver() {
        return !handedOver.isEmpty();
    }

    /** Those that want to know; the caller is to tell them. */
    List<ReplyFate> takeHandedOver() {
        var all = List.copyOf(handedOver);
        handedOver.clear();
        return all;
    }

    /** Drops what is left. A connection that is closed once a reply was handed over is one whose host expects no more. */
    void clear() {
        lines.clear();
        left = entered;
        takeHandedOver().forEach(ReplyFate::sent);
        awaited.forEach(reply -> reply.fate().lost());
        awaited.clear();
    }
}
