package io.lodger.itests.benchmark;

import java.util.Arrays;
import java.util.Locale;

/** Prints figures of two programs, taken in turn in one run, and their ratio. */
final class Table {

    private Table() {
    }

    static void head() {
        System.out.println("| figure | peer | | Lodger | ratio |\n|---|---|---|---|---|");
    }

    /** A row: the medians of both, and the median of the ratios taken pair by pair. */
    static void row(String figure, String unit, String peer, double[] peers, double[] lodgers) {
        double[] ratios = new double[peers.length];
        Arrays.setAll(ratios, i -> lodgers[i] / peers[i]);
        System.out.printf(Locale.ROOT, "| %s | %s | %s %s | %s %s | %s |%n", figure, peer, number(median(peers)), unit,
                number(median(lodgers)), unit, number(median(ratios)));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static double percentile(long[] values, double percent) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * percent / 100))];
    }

    private static String number(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
