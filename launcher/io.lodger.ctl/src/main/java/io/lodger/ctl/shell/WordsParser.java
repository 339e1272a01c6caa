package io.lodger.ctl.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Shows JLine the words of a line, so that it completes them and asks for more while a quote or bracket is open. */
final class WordsParser implements Parser {
    private record Line(String line, int cursor, List<String> words, int wordIndex, int wordCursor) implements ParsedLine {
        @Override
        public String word() {
            return words.get(wordIndex);
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !Words.of(line).isComplete()) {
            throw new EOFError(-1, cursor, "a quote or bracket is open", "more");
        }
        var left = Words.of(line.substring(0, cursor));
        var words = new ArrayList<>(left.list());
        if (!left.endsInWord()) {
            words.add("");
        }
        var last = words.size() - 1;
        return new Line(line, cursor, words, last, words.get(last).length());
    }
}
