package io.lodger.itests.differential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes up bytes that are no requests, from nothing or from requests. */
final class BrokenBytes {

    private static final List<String> SOUP = List.of("{", "}", "[", "]", "{", "}", "[", "]", ",", ",", ":", ":", "\"a\"",
            "'b'", "\"execute\"", "1", "-2.5e3", "0", "true", "null", "word", "\"guest-ping\"", " ", "\n", "\t");

    private static final List<String> STRAY_BYTES = List.of("\u0000", "\u0001", "\u0007", "\u001B", "\u001F", "\n", "\r",
            "\t", " ", "\"", "'", "\\", "{", "}", "[", "]", ":", ",", "%", "/", "#", "-", "+", ".", "0", "9", "e", "a", "A",
            "z", "Z", "~", "\u007F", "\u0080", "\u00BF", "\u00C0", "\u00C3", "\u00E2", "\u00ED", "\u00EF", "\u00F4",
            "\u00F8", "\u00FD", "\u00FE", "\u00FF", "\u00FF", "\u00FF");

    private final Random random;

    /** Breaks whatever {@code random} decides. */
    BrokenBytes(Random random) {
        this.random = random;
    }

    /** The bytes with a few of them changed, lost, repeated or put elsewhere. */
    byte[] mutated(byte[] original) {
        byte[] bytes = original;
        for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(6));
            byte[] head = Arrays.copyOf(bytes, at);
            byte[] tail = Arrays.copyOfRange(bytes, at, bytes.length);
            byte[] rest = Arrays.copyOfRange(bytes, at + length, bytes.length);
            byte[] slice = Arrays.copyOfRange(bytes, at, at + length);
            bytes = switch (random.nextInt(8)) {
                case 0 -> join(head, rest);
                case 1 -> join(head, slice, tail);
                case 2 -> head;
                case 3 -> tail;
                case 4 -> join(head, strayByte(), Arrays.copyOfRange(bytes, at + 1, bytes.length));
                case 5 -> join(rest, slice, head);
                default -> join(head, strayByte(), tail);
            };
        }
        return bytes;
    }

    /** Tokens, most of them right, in no order. */
    byte[] soup() {
        var out = new ByteArrayOutputStream();
        for (int i = 1 + random.nextInt(14); i > 0; i--) {
            out.writeBytes(pick(SOUP));
        }
        return out.toByteArray();
    }

    /** Bytes at random, mostly those that mean something to a lexer. */
    byte[] garbage() {
        var out = new ByteArrayOutputStream();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            if (random.nextInt(3) == 0) {
                out.write(random.nextInt(256));
            } else {
                out.writeBytes(strayByte());
            }
        }
        return out.toByteArray();
    }

    private byte[] strayByte() {
        return pick(STRAY_BYTES);
    }

    private byte[] pick(List<String> from) {
        return from.get(random.nextInt(from.size())).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
