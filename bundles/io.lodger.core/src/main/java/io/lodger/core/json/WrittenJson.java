package io.lodger.core.json;

import java.nio.charset.StandardCharsets;

/** A JSON value as the wire spells it, kept for later: nothing of the command that returned it is kept with it. */
public final class WrittenJson {

    private final byte[] ascii;

    private WrittenJson(byte[] ascii) {
        this.ascii = ascii;
    }

    /**
     * Writes a result.
     *
     * @throws Exception when it can't be written, {@link Result#writeTo}
     */
    public static WrittenJson of(Result result) throws Exception {
        var out = new GrowingBuffer();
        result.writeTo(out);
        return new WrittenJson(out.toByteArray());
    }

    /** How many bytes it has. */
    public int size() {
        return ascii.length;
    }

    /** The value as the wire spells it. */
    @Override
    public String toString() {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    /** Adds the value to {@code out}. */
    void writeTo(GrowingBuffer out) {
        System.arraycopy(ascii, 0, out.reserve(ascii.length), out.size(), ascii.length);
        out.advance(ascii.length);
    }
}
