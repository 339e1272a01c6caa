package io.lodger.ctl.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;

/** Rows under headings, each column as wide as its widest cell, two spaces between. */
public final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private record Column(String heading, boolean number) {
    }

    /** @param headings one for each column; one that begins with {@code >} is without that sign, and its column is aligned to the right */
    public Table(String... headings) {
        columns = Arrays.stream(headings)
            .map(heading -> heading.startsWith(">") ? new Column(heading.substring(1), true) : new Column(heading, false))
            .toList();
        rows.add(columns.stream().map(Column::heading).toList());
    }

    /** Adds a row; what is not printable in a cell is written out. */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(Printable::text).toList());
        return this;
    }

    /** The heading and the rows, without spaces at their ends. */
    public List<String> lines() {
        var widths = IntStream.range(0, columns.size())
            .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var i = 0; i < widths.length; i++) {
            var space = " ".repeat(widths[i] - width(row.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).number() ? space + row.get(i) : row.get(i) + space);
        }
        return line.toString().stripTrailing();
    }

    /** Columns a terminal takes for the text: none for combining characters, two for wide ones. */
    private static int width(String text) {
        return text.chars().allMatch(unit -> Printable.isAscii((char) unit))
            ? text.length()
            : text.codePoints().map(WCWidth::wcwidth).filter(width -> width > 0).sum();
    }
}
