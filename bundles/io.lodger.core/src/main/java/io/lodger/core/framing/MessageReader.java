package io.lodger.core.framing;

import io.lodger.core.framing.Tokens.Kind;

/**
 * Finds messages in a stream of bytes, however the stream is cut.
 *
 * <p>The dialect is JSON (RFC 8259) with strings in single quotes as well, and {@code \'} in both kinds. A message needs no line
 * end. A byte that begins or continues no token is an error, as are a control character and the bytes 0xFE and 0xFF in a string.
 * After an error everything is skipped up to the next control character but TAB, 0xFE, 0xFF or one of <code>{ } [ ] : ,</code>,
 * with which reading goes on.
 *
 * <p>Not safe for use by several threads. When the sink throws, {@link #reset} is due before more is fed.
 */
public final class MessageReader {

    private final MessageAssembler assembler;
    private LexerState state = LexerState.BETWEEN;
    private byte quote;
    private boolean encoded;

    /**
     * Makes a reader at the beginning of a stream.
     *
     * @param sink called while bytes are fed, by the thread that feeds them
     */
    public MessageReader(MessageSink sink) {
        assembler = new MessageAssembler(sink);
    }

    /** Reads on with {@code length} more bytes, which are not needed any more afterwards. */
    public void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            at = switch (state) {
                case BETWEEN -> between(bytes, at);
                case SKIPPING -> skip(bytes, at, end);
                case STRING, ESCAPE -> string(bytes, at, end);
                default -> word(bytes, at, end);
            };
        }
    }

    /** Forgets what has been read of a message, because the connection it came over is gone. */
    public void reset() {
        state = LexerState.BETWEEN;
        assembler.reset();
    }

    /** How many bytes of memory the reader's buffers occupy. */
    int footprint() {
        return assembler.footprint();
    }

    private int between(byte[] bytes, int at) {
        byte first = bytes[at];
        switch (first) {
            case ' ', '\t', '\r', '\n' -> {
            }
            case '{' -> punctuation(bytes, at, Kind.LEFT_BRACE);
            case '}' -> punctuation(bytes, at, Kind.RIGHT_BRACE);
            case '[' -> punctuation(bytes, at, Kind.LEFT_BRACKET);
            case ']' -> punctuation(bytes, at, Kind.RIGHT_BRACKET);
            case ',' -> punctuation(bytes, at, Kind.COMMA);
            case ':' -> punctuation(bytes, at, Kind.COLON);
            case '"', '\'' -> {
                quote = first;
                encoded = false;
                begin(bytes, at, LexerState.STRING);
            }
            case '-' -> begin(bytes, at, LexerState.SIGN);
            case '0' -> begin(bytes, at, LexerState.ZERO);
            default -> {
                if (LexerState.isDigit(first)) {
                    begin(bytes, at, LexerState.DIGITS);
                } else if (LexerState.isLetter(first)) {
                    begin(bytes, at, LexerState.KEYWORD);
                } else {
                    fail(bytes, at, at + 1);
                }
            }
        }
        return at + 1;
    }

    private void punctuation(byte[] bytes, int at, Kind kind) {
        assembler.append(bytes, at, 1);
        assembler.endToken(kind);
    }

    private void begin(byte[] bytes, int at, LexerState first) {
        assembler.append(bytes, at, 1);
        state = first;
    }

    private int string(byte[] bytes, int from, int end) {
        boolean escaped = state == LexerState.ESCAPE;
        int at = escaped ? from : plain(bytes, from, end, quote);
        while (at < end) {
            byte next = bytes[at++];
            if (next < 0x20 && next >= -2) {
                fail(bytes, from, at);
                return at;
            }
            if (escaped) {
                escaped = false;
            } else if (next == quote) {
                finish(bytes, from, at, encoded ? Kind.ENCODED_STRING : Kind.PLAIN_STRING);
                return at;
            } else {
                encoded = true;
                escaped = next == '\\';
            }
            if (!escaped) {
                at = plain(bytes, at, end, quote);
            }
        }
        assembler.append(bytes, from, end - from);
        state = escaped ? LexerState.ESCAPE : LexerState.STRING;
        return end;
    }

    /** Passes by all that a string is ordinarily made of. This is the one loop that a big request spends its time in. */
    private static int plain(byte[] bytes, int from, int end, byte quote) {
        for (int at = from; at < end; at++) {
            byte next = bytes[at];
            if (next < 0x20 || next == '\\' || next == quote) {
                return at;
            }
        }
        return end;
    }

    private int word(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            LexerState next = state.next(bytes[at]);
            if (next == LexerState.COMPLETE) {
                finish(bytes, from, at, state.kind());
                return at;
            }
            at++;
            if (next == LexerState.ERROR) {
                fail(bytes, from, at);
                return at;
            }
            state = next;
        }
        assembler.append(bytes, from, end - from);
        return end;
    }

    private int skip(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            switch (bytes[at]) {
                case '{', '}', '[', ']', ':', ',' -> {
                    state = LexerState.BETWEEN;
                    return at;
                }
                default -> {
                    if (bytes[at] < 0x20 && bytes[at] >= -2 && bytes[at] != '\t') {
                        state = LexerState.BETWEEN;
                        return at;
                    }
                }
            }
        }
        return end;
    }

    private void finish(byte[] bytes, int from, int to, Kind kind) {
        state = LexerState.BETWEEN;
        assembler.append(bytes, from, to - from);
        assembler.endToken(kind);
    }

    private void fail(byte[] bytes, int from, int to) {
        state = LexerState.SKIPPING;
        assembler.append(bytes, from, to - from);
        assembler.stray(bytes[to - 1] == (byte) 0xFF);
    }
}
