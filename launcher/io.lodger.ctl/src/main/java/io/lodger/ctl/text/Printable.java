package io.lodger.ctl.text;

/** Makes text that came out of a guest safe to show: nothing in it can move a cursor, colour a terminal, or reorder what is read. */
public final class Printable {
    private static final int DELETE = 0x7F;

    private Printable() {
    }

    /** The text with every control, format and line-separating character written out as {@code \}{@code uXXXX}. */
    public static String text(String text) {
        if (text.chars().noneMatch(unit -> isUnsafe((char) unit))) {
            return text;
        }
        var safe = new StringBuilder();
        text.chars().forEach(unit -> append(safe, (char) unit, isUnsafe((char) unit)));
        return safe.toString();
    }

    static void append(StringBuilder out, char unit, boolean escaped) {
        if (escaped) {
            out.append(String.format("\\u%04X", (int) unit));
        } else {
            out.append(unit);
        }
    }

    static boolean isUnsafe(char unit) {
        return switch (Character.getType(unit)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    static boolean isAscii(char unit) {
        return unit < DELETE;
    }
}
