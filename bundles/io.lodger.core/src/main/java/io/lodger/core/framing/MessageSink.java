package io.lodger.core.framing;

/** What a {@link MessageReader} tells about the bytes it is fed, in the order of the stream. */
public interface MessageSink {

    /**
     * A message is complete: its braces and brackets balance, or closed more than was open. It is lexically sound, and no more than
     * that: {@code {,}}, {@code }} and {@code true} are messages.
     *
     * @param message the message, which belongs to the reader and is emptied when this method returns
     */
    void message(Tokens message);

    /**
     * Bytes had to be thrown away, together with the message they belonged to. The host gets one error reply for each call.
     *
     * @param description what was wrong, in the words of QEMU's guest agent: {@code JSON parse error, stray '...'} or the limit
     *     that was exceeded
     */
    void malformed(String description);

    /**
     * The host sent the byte 0xFF, with which it begins a conversation anew: whatever it asked for before is of no interest any
     * more. The {@link #malformed} that every such byte causes follows at once.
     */
    void resynchronise();
}
