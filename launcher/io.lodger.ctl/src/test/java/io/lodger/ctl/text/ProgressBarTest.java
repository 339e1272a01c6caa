package io.lodger.ctl.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter out = new StringWriter();

    @Test
    void fillsItsLineAndIsWipedOutInTheEnd() {
        try (var bar = new ProgressBar(new PrintWriter(out), 34)) {
            bar.expect(2048);
            bar.advance(2048);
        }
        assertEquals("\r\u001B[K[---------]   0 %  0 B of 2.0 KiB\r\u001B[K[#####] 100 %  2.0 KiB of 2.0 KiB\r\u001B[K", out.toString());
    }
}
