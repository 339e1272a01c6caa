package io.lodger.ctl.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Numbers people can take in at a glance: at most four digits and a unit. */
public final class Quantity {
    private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final List<String> DECIMAL = List.of("", "k", "M", "G", "T", "P", "E");
    private static final BigDecimal TEN = BigDecimal.TEN;

    private Quantity() {
    }

    /** A number of bytes in powers of 1024, such as {@code 1.5 MiB}; what is no number of at most 20 digits is given back as it is. */
    public static String bytes(String number) {
        return scaled(number, new BigDecimal(1024), BINARY, " ");
    }

    /** A number of things in powers of 1000, such as {@code 12.3k}; what is no number of at most 20 digits is given back as it is. */
    public static String count(String number) {
        return scaled(number, new BigDecimal(1000), DECIMAL, "");
    }

    private static String scaled(String number, BigDecimal step, List<String> units, String space) {
        if (!number.matches("[0-9]{1,20}")) {
            return number;
        }
        var value = new BigDecimal(number);
        var unit = 0;
        while (value.compareTo(step) >= 0) {
            value = value.divide(step, 10, RoundingMode.DOWN);
            unit++;
        }
        var digits = unit == 0 || value.compareTo(TEN.scaleByPowerOfTen(1)) >= 0 ? 0 : 1;
        return value.setScale(digits, RoundingMode.DOWN).toPlainString() + space + units.get(unit);
    }
}
