package io.lodger.ctl;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of seconds, down to milliseconds. */
final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,3})?")) {
            throw new TypeConversionException("'" + text + "' is no number of seconds, such as 5 or 0.5, or 0 to wait for ever");
        }
        return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
    }
}
