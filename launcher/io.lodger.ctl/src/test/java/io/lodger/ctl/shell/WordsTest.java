package io.lodger.ctl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void blanksSeparateAndQuotesJoin() {
        assertWords(" a  b\tc ", "a", "b", "c");
        assertWords("a='b c' \"d \\\" e\" f\\ g ''", "a=b c", "d \" e", "f g", "");
        assertWords("'[x' a\\[b", "[x", "a[b");
        assertWords("");
    }

    @Test
    void jsonStandsAsItIs() {
        assertWords("x arg=[\"-c\", \"a ] b\"] flag=true", "x", "arg=[\"-c\", \"a ] b\"]", "flag=true");
        assertWords("x {\"a\": {\"b\": \"\\\"}\"}} y", "x", "{\"a\": {\"b\": \"\\\"}\"}}", "y");
        assertWords("name=a[1] b=[", List.of("name=a[1]", "b=["), false);
    }

    @Test
    void whatIsOpenAtTheEndIsIncomplete() {
        for (var line : List.of("'a", "\"a", "a=[1", "{\"a\": \"}\"", "a\\", "[\"\\")) {
            assertFalse(Words.of(line).isComplete(), line);
        }
    }

    @Test
    void tellsWhetherMoreTypingWouldLengthenTheLastWord() {
        assertTrue(Words.of("a b").endsInWord());
        assertFalse(Words.of("a b ").endsInWord());
        assertFalse(Words.of("").endsInWord());
    }

    private static void assertWords(String line, String... words) {
        assertWords(line, List.of(words), true);
    }

    private static void assertWords(String line, List<String> words, boolean complete) {
        assertEquals(words, Words.of(line).list());
        assertEquals(complete, Words.of(line).isComplete());
    }
}
