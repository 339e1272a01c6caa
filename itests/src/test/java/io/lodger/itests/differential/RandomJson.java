package io.lodger.itests.differential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Writes JSON values that are right, in all the ways the dialect knows to spell them, and near misses of them. */
final class RandomJson {

    private static final List<String> NUMBERS = List.of("0", "-0", "1", "-1", "7", "42", "1000", "-1000", "2147483647",
            "2147483648", "4294967295", "4294967296", "999999999999999999", "1000000000000000000", "9223372036854775807",
            "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
            "18446744073709551616", "-18446744073709551615", "123456789012345678901234567890", "0.0", "-0.0", "0.1", "1.1",
            "1.5", "-2.5", "3.141592653589793", "0.0001", "0.00001", "123456.789e3", "1e0", "1e3", "1E3", "1e+3", "1e-3",
            "1e15", "1e16", "1e17", "1e18", "1e19", "9007199254740993", "1e22", "1e23", "1e300", "1.7976931348623157e308",
            "1.7976931348623159e308", "1e308", "2.2250738585072014e-308", "5e-324", "2e-324", "1e-400", "1e999", "-1e999",
            "12345678901234567.8", "0.3", "2.675", "1e-7", "1234567890123456789e-25", "4.35", "99999999999999990000",
            "0.000100000000000000005", "100000000000000000.5", "9999999999999999.5");

    private static final List<String> BROKEN_NUMBERS = List.of("01", "-01", "00", "-", "--1", "+1", "1.", ".5", "1.e3",
            "1e", "1e+", "1e-", "-a", "0x10", "1.5.5", "1e5.5", "1a", "NaN", "Infinity", "-Infinity", "1_000", "1e1e1",
            "0e", "0.");

    private static final List<String> WORDS = List.of("true", "false", "null");

    private static final List<String> BROKEN_WORDS = List.of("True", "nul", "nulll", "truefalse", "hello", "undefined", "x",
            "tru e", "falsE");

    private static final List<String> CHARACTERS = List.of("a", "Z", "0", " ", "/", "<", ">", "&", "=", "'", "\"", "~",
            "\u007F", "\u0080", "é", "ÿ", "Ā", "߿", "ࠀ", "€", "\u2028", "\uFFFD", "\uFFFC", "😀", "𐀀",
            new String(Character.toChars(0x10FFFD)), "{", "}", "[", ":", ",");

    private static final List<String> ESCAPES = List.of("\\\"", "\\'", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t",
            "\\u0000", "\\u001f", "\\u001F", "\\u0041", "\\u007f", "\\u00e9", "\\u00FF", "\\u2028", "\\uFFFD",
            "\\ud83d\\ude00", "\\uD800\\uDC00", "\\uDBFF\\uDFFD");

    private static final List<String> BROKEN_ESCAPES = List.of("\\a", "\\0", "\\x41", "\\U0041", "\\ ", "\\u", "\\u1",
            "\\u12", "\\u123", "\\u12G4", "\\u-123", "\\u+123", "\\u 123", "\\ud800", "\\ud800x", "\\ud800\\n",
            "\\ud800\\u0041", "\\ud800\\ud800", "\\ud800\\uZZZZ", "\\ud800\\u", "\\udc00", "\\udfff\\ud800", "\\ufdd0",
            "\\ufdef", "\\ufffe", "\\uffff", "\\ud83f\\udffe", "\\udbff\\udfff", "\\u00é", "\\u€€", "\\é");

    /** Sequences that are no UTF-8, or that one might take for none. They are written byte by byte. */
    private static final List<String> SEQUENCES = List.of("\u0080", "\u00BF", "\u00C0\u0080", "\u00C0\u0081",
            "\u00C1\u00BF", "\u00C2", "\u00C3\u00C3", "\u00E0\u0080\u0080", "\u00E0\u009F\u00BF", "\u00E2\u0082",
            "\u00ED\u00A0\u0080", "\u00ED\u00BF\u00BF", "\u00EF\u00B7\u0090", "\u00EF\u00BF\u00BE", "\u00EF\u00BF\u00BF",
            "\u00F0\u0080\u0080\u0080", "\u00F0\u008F\u00BF\u00BF", "\u00F0\u009F\u0098", "\u00F0\u009F\u00BF\u00BE",
            "\u00F4\u008F\u00BF\u00BF", "\u00F4\u0090\u0080\u0080", "\u00F5\u0080\u0080\u0080",
            "\u00F8\u0088\u0080\u0080\u0080", "\u00FC\u0084\u0080\u0080\u0080\u0080", "\u00FD\u0080", "\u00F8\u0088\u00C3");

    private final Random random;
    private final ByteArrayOutputStream out;

    /** Writes to {@code out} whatever {@code random} decides. */
    RandomJson(Random random, ByteArrayOutputStream out) {
        this.random = random;
        this.out = out;
    }

    /** Any value, right in itself, nested no deeper than {@code depth}. */
    RandomJson value(int depth) {
        int choice = random.nextInt(depth > 0 ? 10 : 7);
        if (choice < 3) {
            return raw(pick(NUMBERS));
        } else if (choice < 6) {
            return string(random.nextInt(6), false);
        } else if (choice == 6) {
            return raw(pick(WORDS));
        } else if (choice < 9) {
            return object(random.nextInt(4), depth - 1);
        }
        return array(random.nextInt(4), depth - 1);
    }

    /** A scalar that has something wrong with it. */
    RandomJson brokenScalar() {
        return switch (random.nextInt(4)) {
            case 0 -> raw(pick(BROKEN_NUMBERS));
            case 1 -> raw(pick(BROKEN_WORDS));
            default -> string(1 + random.nextInt(4), true);
        };
    }

    RandomJson object(int members, int depth) {
        raw("{").space();
        for (int i = 0; i < members; i++) {
            raw(i > 0 ? "," : "").space();
            text("m" + random.nextInt(12)).space().raw(":").space().value(depth).space();
        }
        return raw("}");
    }

    RandomJson array(int elements, int depth) {
        raw("[").space();
        for (int i = 0; i < elements; i++) {
            raw(i > 0 ? "," : "").space().value(depth).space();
        }
        return raw("]");
    }

    /** A string of random characters in either kind of quotes, one of them wrong if {@code broken}. */
    RandomJson string(int length, boolean broken) {
        String quote = random.nextInt(4) == 0 ? "'" : "\"";
        int wrong = broken ? random.nextInt(length) : -1;
        raw(quote);
        for (int i = 0; i < length; i++) {
            if (i == wrong) {
                raw(random.nextBoolean() ? pick(BROKEN_ESCAPES) : null);
                continue;
            }
            String character = pick(random.nextInt(3) == 0 ? ESCAPES : CHARACTERS);
            raw(character.equals(quote) ? "\\" + character : character);
        }
        return raw(quote);
    }

    /** A string of the given ASCII text, now and then with escapes where there need be none. */
    RandomJson text(String ascii) {
        String quote = random.nextInt(6) == 0 ? "'" : "\"";
        raw(quote);
        for (char c : ascii.toCharArray()) {
            raw(random.nextInt(60) == 0 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return raw(quote);
    }

    /** The given text in UTF-8, or one of the sequences that are none for null. */
    RandomJson raw(String text) {
        out.writeBytes(text == null ? pick(SEQUENCES).getBytes(StandardCharsets.ISO_8859_1) : text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** White space, mostly none. */
    RandomJson space() {
        while (random.nextInt(6) == 0) {
            out.write(" \t\r\n".charAt(random.nextInt(4)));
        }
        return this;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
