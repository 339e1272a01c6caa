package io.lodger.core.framing;

import io.lodger.core.framing.Tokens.Kind;

/**
 * Gathers tokens until they make a message, and sees to the limits.
 *
 * <p>A message that exceeds a limit is reported at once, and once; the rest of it is read and thrown away until it balances, so
 * that the stream goes on with the next message. A lexical error ends it too.
 */
final class MessageAssembler {

    /** A message, in bytes without white space, has to be shorter than this. */
    static final int MAX_BYTES = 64 << 20;

    /** So many tokens a message may have. */
    static final int MAX_TOKENS = 2 << 20;

    /** So many braces and brackets may be open at a time. */
    static final int MAX_OPEN = 1024;

    /**
     * So many bytes of the request an error text repeats; the rest is left out. QEMU's agent repeats up to 64 MiB, but a host that
     * takes error texts of any length is not known, and libvirt gives up on an agent whose reply is longer than 10 MiB.
     */
    static final int MAX_QUOTED = 4096;

    private final MessageSink sink;
    private final Tokens tokens = new Tokens();

    /** Braces and brackets are counted apart: <code>{"a":[1}</code> is not complete, but closes what it opened with the next ]. */
    private long openBraces;
    private long openBrackets;
    private boolean discarding;

    MessageAssembler(MessageSink sink) {
        this.sink = sink;
    }

    /** Adds bytes to the token being read. */
    void append(byte[] source, int offset, int length) {
        if (!discarding && length >= MAX_BYTES - tokens.size()) {
            discard("JSON token size limit exceeded");
        }
        tokens.append(source, offset, discarding ? Math.min(length, MAX_QUOTED - tokens.size()) : length);
    }

    /** Ends the token being read. */
    void endToken(Kind kind) {
        switch (kind) {
            case LEFT_BRACE -> openBraces++;
            case RIGHT_BRACE -> openBraces--;
            case LEFT_BRACKET -> openBrackets++;
            case RIGHT_BRACKET -> openBrackets--;
            default -> {
            }
        }
        if (!discarding && tokens.count() == MAX_TOKENS) {
            discard("JSON token count limit exceeded");
        } else if (!discarding && openBraces + openBrackets > MAX_OPEN) {
            discard("JSON nesting depth limit exceeded");
        }
        if (discarding) {
            tokens.clear();
        } else {
            tokens.end(kind);
        }
        boolean complete = openBraces < 0 || openBrackets < 0 || openBraces == 0 && openBrackets == 0;
        if (complete) {
            complete();
        }
    }

    /** The bytes of the token being read make no token, and take the message with them. */
    void stray(boolean resynchronising) {
        if (resynchronising) {
            sink.resynchronise();
        }
        String text = quote();
        reset();
        sink.malformed("JSON parse error, stray '" + text + "'");
    }

    /** Forgets the message begun. */
    void reset() {
        tokens.clear();
        openBraces = 0;
        openBrackets = 0;
        discarding = false;
    }

    /** How many bytes of memory the message begun, or the room kept for the next one, occupies. */
    int footprint() {
        return tokens.footprint();
    }

    private void complete() {
        try {
            if (!discarding) {
                sink.message(tokens);
            }
        } finally {
            reset();
        }
    }

    /** Goes on without keeping anything but the beginning of the token being read, for the error text if it comes to one. */
    private void discard(String description) {
        discarding = true;
        byte[] bytes = tokens.bytes();
        int start = tokens.openStart();
        int length = Math.min(tokens.size() - start, MAX_QUOTED);
        tokens.clear();
        tokens.append(bytes, start, length);
        sink.malformed(description);
    }

    /** The bytes of the token being read as text. It ends at a NUL, as the text of a C string does. */
    private String quote() {
        byte[] bytes = tokens.bytes();
        int start = tokens.openStart();
        int limit = Math.min(tokens.size(), start + MAX_QUOTED);
        int end = start;
        while (end < limit && bytes[end] != 0) {
            end++;
        }
        return ModifiedUtf8.decodeLeniently(bytes, start, end);
    }
}
