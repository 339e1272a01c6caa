package io.lodger.launcher.configuration;

import java.util.Collection;
import java.util.Optional;

/** Finds the name that somebody meant who wrote another one. */
public final class NearestName {

    private NearestName() {
    }

    /** The known name with the fewest letters added, dropped, changed or swapped; none when a third of the letters or more would be. */
    public static Optional<String> to(String written, Collection<String> known) {
        Optional<String> nearest = Optional.empty();
        int allowed = Math.max(1, written.length() / 3);
        for (var name : known) {
            int distance = distance(written, name);
            if (distance <= allowed) {
                nearest = Optional.of(name);
                allowed = distance - 1;
            }
        }
        return nearest;
    }

    /** What to add to a sentence that says that a name is unknown: a question that offers the nearest one, or nothing. */
    public static String hint(String written, Collection<String> known) {
        return to(written, known).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** The optimal string alignment distance (Damerau and Levenshtein's, without editing a part twice). */
    private static int distance(String from, String to) {
        var rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, from, to, i, j);
            }
        }
        return rows[from.length()][to.length()];
    }

    private static int step(int[][] rows, String from, String to, int i, int j) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best = Math.min(rows[i - 1][j - 1] + change, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }
}
