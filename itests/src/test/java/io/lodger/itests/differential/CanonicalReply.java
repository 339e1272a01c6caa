package io.lodger.itests.differential;

import java.util.ArrayList;

/**
 * What of a reply line two agents have to agree upon: all of its bytes, but for the order of an object's members, which qemu-ga
 * takes from a hash table, and but for what describes the agent or the guest.
 */
public final class CanonicalReply {

    private final String line;
    private int at;

    private CanonicalReply(String line) {
        this.line = line;
    }

    /** The form of a reply line, without its LF, that is equal for replies that agree. */
    public static String of(String line) {
        var reader = new CanonicalReply(line);
        var start = line.startsWith("\u00FF") ? "\u00FF" : "";
        reader.at = start.length();
        String value = reader.value(true);
        if (reader.at != line.length()) {
            throw new IllegalArgumentException("Not one JSON value as the agent spells them: " + line);
        }
        return start + value;
    }

    private String value(boolean top) {
        char first = line.charAt(at);
        if (first == '{') {
            return object(top);
        }
        if (first == '[') {
            var elements = new ArrayList<String>();
            for (at++; line.charAt(at) != ']'; skipSeparator(']')) {
                elements.add(value(false));
            }
            at++;
            return "[" + String.join(", ", elements) + "]";
        }
        return first == '"' ? string() : word();
    }

    private String object(boolean top) {
        var members = new ArrayList<String>();
        for (at++; line.charAt(at) != '}'; skipSeparator('}')) {
            String name = string();
            expect(": ");
            String value = value(false);
            members.add(name + ": " + (top && name.equals("\"return\"") ? withoutGuest(value) : value));
        }
        at++;
        members.sort(null);
        return "{" + String.join(", ", members) + "}";
    }

    /** The results of guest-info and guest-network-get-interfaces are compared by tests of their own. */
    private static String withoutGuest(String value) {
        return value.startsWith("[") ? "[...]" : value.contains("\"supported_commands\": ") ? "{...}" : value;
    }

    private void skipSeparator(char closing) {
        if (line.charAt(at) != closing) {
            expect(", ");
        }
    }

    private String string() {
        int start = at;
        expect("\"");
        while (line.charAt(at) != '"') {
            at += line.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        return line.substring(start, at);
    }

    private String word() {
        int start = at;
        while (at < line.length() && ",]}".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return line.substring(start, at);
    }

    private void expect(String text) {
        if (!line.startsWith(text, at)) {
            throw new IllegalArgumentException("No " + text + " at " + at + " in " + line);
        }
        at += text.length();
    }
}
