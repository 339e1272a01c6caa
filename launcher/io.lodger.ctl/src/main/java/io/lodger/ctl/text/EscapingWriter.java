package io.lodger.ctl.text;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.function.IntPredicate;

/**
 * Writes JSON with some characters written out as {@code \}{@code uXXXX}. Only characters that stand inside JSON strings may be chosen, so
 * that the text stays the same JSON.
 */
final class EscapingWriter extends FilterWriter {
    private final IntPredicate escaped;

    EscapingWriter(Writer out, IntPredicate escaped) {
        super(out);
        this.escaped = escaped;
    }

    @Override
    public void write(int unit) throws IOException {
        write(new char[] {(char) unit}, 0, 1);
    }

    @Override
    public void write(char[] units, int offset, int length) throws IOException {
        write(new String(units, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        if (text.chars().skip(offset).limit(length).noneMatch(escaped)) {
            out.write(text, offset, length);
            return;
        }
        var safe = new StringBuilder(length + length / 2);
        for (var i = offset; i < offset + length; i++) {
            Printable.append(safe, text.charAt(i), escaped.test(text.charAt(i)));
        }
        out.append(safe);
    }
}
