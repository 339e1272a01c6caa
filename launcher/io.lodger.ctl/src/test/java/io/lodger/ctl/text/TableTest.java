package io.lodger.ctl.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
        assertEquals(List.of("NAME      N  LAST", "a       100  x", "longer    1"),
            new Table("NAME", ">N", "LAST").row("a", "100", "x").row("longer", "1", "").lines());
    }

    @Test
    void wideAndCombiningCharactersTakeTheirWidth() {
        assertEquals(List.of("A     B", "\u4E2D\u6587  x", "e\u0301     x"),
            new Table("A", "B").row("\u4E2D\u6587", "x").row("e\u0301", "x").lines());
    }

    @Test
    void nothingFromAGuestReachesTheTerminalAsAControl() {
        assertEquals("\\u001B[2J\\u009B1m\\u000A\\u202Eabc\\u2028",
            new Table("A").row("\u001B[2J\u009B1m\n\u202Eabc\u2028").lines().get(1));
    }

    @Test
    void aRowMustFitTheHeadings() {
        assertThrows(IllegalArgumentException.class, () -> new Table("A").row("1", "2"));
    }
}
