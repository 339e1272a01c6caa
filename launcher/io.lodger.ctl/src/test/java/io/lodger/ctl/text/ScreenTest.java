package io.lodger.ctl.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String VALUE =
        "{\"a\u009B\": \"\u007F\u202E\u00E9\uD83D\uDE00<\", \"n\": null, \"big\": 18446744073709551615, \"d\": 1.1000000000000001}";

    @Test
    void peopleReadIndentedTextWithoutControls() {
        assertEquals("""
            {
              "a\\u009B": "\\u007F\\u202E\u00E9\uD83D\uDE00<",
              "n": null,
              "big": 18446744073709551615,
              "d": 1.1000000000000001
            }
            """, shown(false));
    }

    @Test
    void programsReadOneLineOfAscii() {
        assertEquals("{\"a\\u009B\":\"\\u007F\\u202E\\u00E9\\uD83D\\uDE00<\",\"n\":null,\"big\":18446744073709551615,"
            + "\"d\":1.1000000000000001}\n", shown(true));
        assertEquals(JsonParser.parseString(VALUE), JsonParser.parseString(shown(true)));
        assertEquals(JsonParser.parseString(VALUE), JsonParser.parseString(shown(false)));
    }

    private static String shown(boolean json) {
        var text = new StringWriter();
        new Screen(new PrintWriter(text), json).json(JsonParser.parseString(VALUE));
        return text.toString();
    }
}
