package io.lodger.launcher.configuration;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of groups and keys in the syntax of GLib's key files (GLib reference, "Key-value file parser"), as far as qemu-ga's
 * configuration goes. A key that is written twice has the last value, a group that is written twice has the keys of both.
 */
final class KeyFile {

    private final Map<String, Map<String, String>> groups = new LinkedHashMap<>();

    private KeyFile() {
    }

    /** Reads a file's content. */
    static KeyFile parse(byte[] content) throws ConfigurationException {
        var file = new KeyFile();
        // Every byte is a character here: what isn't UTF-8 matters only in a value that is asked for.
        var lines = new String(content, StandardCharsets.ISO_8859_1).split("\n", -1);
        Map<String, String> group = null;
        for (int i = 0; i < lines.length; i++) {
            var line = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
            var text = withoutLeadingSpace(line);
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (isGroup(text)) {
                group = file.groups.computeIfAbsent(groupName(text, i + 1), name -> new LinkedHashMap<>());
            } else {
                addKey(group, text, i + 1);
            }
        }
        return file;
    }

    private static void addKey(Map<String, String> group, String text, int line) throws ConfigurationException {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ConfigurationException("line " + line + " '" + printable(text) + "' is not a key-value pair, group, or comment");
        }
        if (group == null) {
            throw new ConfigurationException("line " + line + ": the file does not start with a group; [general] is to stand before '"
                    + printable(text) + "'");
        }
        group.put(keyName(text.substring(0, equals), line), withoutLeadingSpace(text.substring(equals + 1)));
    }

    private static boolean isGroup(String text) {
        int close = text.indexOf(']');
        return text.startsWith("[") && close > 0 && text.substring(close + 1).chars().allMatch(c -> c == ' ' || c == '\t');
    }

    private static String groupName(String text, int line) throws ConfigurationException {
        var name = text.substring(1, text.indexOf(']'));
        if (name.isEmpty() || name.chars().anyMatch(c -> c == '[' || c < ' ' || c == 0x7F)) {
            throw new ConfigurationException("line " + line + ": invalid group name '" + printable(name) + "'");
        }
        return printable(name);
    }

    /** A bracket may only stand around a locale at the end. */
    private static String keyName(String text, int line) throws ConfigurationException {
        var name = text.stripTrailing();
        int bracket = name.indexOf('[');
        boolean locale = bracket > 0 && name.indexOf(']') == name.length() - 1;
        if (bracket < 0 ? name.indexOf(']') >= 0 : !locale) {
            throw new ConfigurationException("line " + line + ": invalid key name '" + printable(name) + "'");
        }
        return printable(name);
    }

    /** All groups in the order of the file, with their keys and unchecked values. */
    Map<String, Map<String, String>> groups() {
        return groups;
    }

    /** The text that a value stands for. */
    static String string(String key, String value) throws ConfigurationException {
        var text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                c = escaped(key, value, ++i);
            }
            text.append(c);
        }
        try {
            var bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ConfigurationException("key '" + key + "' has the value '" + printable(value) + "', which is not UTF-8");
        }
    }

    private static char escaped(String key, String value, int index) throws ConfigurationException {
        switch (index < value.length() ? value.charAt(index) : 0) {
            case 's':
                return ' ';
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case '\\':
                return '\\';
            default:
                throw new ConfigurationException("key '" + key + "' has the value '" + printable(value)
                        + "' with a backslash that begins none of \\s, \\n, \\t, \\r and \\\\");
        }
    }

    /** The truth that a value stands for. */
    static boolean bool(String key, String value) throws ConfigurationException {
        switch (value.stripTrailing()) {
            case "true", "1":
                return true;
            case "false", "0":
                return false;
            default:
                throw new ConfigurationException("key '" + key + "' has the value '" + printable(value)
                        + "', which is neither true nor false");
        }
    }

    /** How a text is written as a value. */
    static String escape(String text) {
        var value = new StringBuilder();
        boolean leading = true;
        for (char c : text.toCharArray()) {
            leading &= c == ' ' || c == '\t';
            switch (c) {
                case ' ' -> value.append(leading ? "\\s" : " ");
                case '\t' -> value.append(leading ? "\\t" : "\t");
                case '\n' -> value.append("\\n");
                case '\r' -> value.append("\\r");
                case '\\' -> value.append("\\\\");
                default -> value.append(c);
            }
        }
        return value.toString();
    }

    private static String withoutLeadingSpace(String text) {
        int start = 0;
        while (start < text.length() && " \t\f\r\u000B".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return text.substring(start);
    }

    private static String printable(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
