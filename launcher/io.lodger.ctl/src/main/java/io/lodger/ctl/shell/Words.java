package io.lodger.ctl.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell line cut into words at blanks. Quotes and backslash work as in sh(1). JSON needs no quoting: from a {@code [} or <code>{</code>
 * that begins a word or the value behind its first {@code =}, everything up to the matching bracket stands as it is.
 */
final class Words {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int position;
    private boolean inWord;
    private boolean complete = true;

    private Words(String line) {
        this.line = line;
    }

    /** Cuts a line. An open quote or bracket ends with the line, and {@link #isComplete} tells. */
    static Words of(String line) {
        var words = new Words(line);
        words.cut();
        return words;
    }

    List<String> list() {
        return List.copyOf(words);
    }

    /** Whether every quote and bracket is closed and no backslash ends the line. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the line's end belongs to the last word, so that more typing would lengthen it. */
    boolean endsInWord() {
        return inWord;
    }

    private void cut() {
        while (position < line.length()) {
            var next = line.charAt(position);
            if (Character.isWhitespace(next)) {
                finishWord();
                position++;
                continue;
            }
            var beginsJson = (next == '[' || next == '{') && (!inWord || isBehindFirstEquals());
            inWord = true;
            if (beginsJson) {
                takeJson();
            } else {
                takePart(next);
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
    }

    private void finishWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private boolean isBehindFirstEquals() {
        return word.length() > 1 && word.indexOf("=") == word.length() - 1;
    }

    private void takePart(char next) {
        position++;
        switch (next) {
            case '\'' -> {
                var end = line.indexOf('\'', position);
                complete &= end >= 0;
                end = end < 0 ? line.length() : end;
                word.append(line, position, end);
                position = end + 1;
            }
            case '"' -> takeDoubleQuoted();
            case '\\' -> {
                complete &= position < line.length();
                word.append(line, position, Math.min(position + 1, line.length()));
                position++;
            }
            default -> word.append(next);
        }
    }

    private void takeDoubleQuoted() {
        while (position < line.length()) {
            var next = line.charAt(position++);
            if (next == '"') {
                return;
            }
            if (next == '\\' && position < line.length() && "\"\\".indexOf(line.charAt(position)) >= 0) {
                next = line.charAt(position++);
            }
            word.append(next);
        }
        complete = false;
    }

    private void takeJson() {
        var depth = 0;
        var inString = false;
        while (position < line.length()) {
            var next = line.charAt(position++);
            word.append(next);
            if (inString && next == '\\' && position < line.length()) {
                word.append(line.charAt(position++));
            } else if (next == '"') {
                inString = !inString;
            } else if (!inString && (next == '[' || next == '{')) {
                depth++;
            } else if (!inString && (next == ']' || next == '}') && --depth == 0) {
                return;
            }
        }
        complete = false;
    }
}
