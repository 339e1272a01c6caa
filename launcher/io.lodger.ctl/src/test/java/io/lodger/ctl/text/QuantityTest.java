package io.lodger.ctl.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void bytesComeInPowersOf1024() {
        assertEquals("0 B", Quantity.bytes("0"));
        assertEquals("1023 B", Quantity.bytes("1023"));
        assertEquals("1.0 KiB", Quantity.bytes("1024"));
        assertEquals("99.9 KiB", Quantity.bytes("102399"));
        assertEquals("100 KiB", Quantity.bytes("102400"));
        assertEquals("15.9 EiB", Quantity.bytes("18446744073709551615"));
    }

    @Test
    void countsComeInPowersOf1000() {
        assertEquals("999", Quantity.count("999"));
        assertEquals("1.0k", Quantity.count("1000"));
        assertEquals("18.4E", Quantity.count("18446744073709551615"));
    }

    @Test
    void whatIsNoCounterStaysAsItIs() {
        assertEquals("-1", Quantity.bytes("-1"));
        assertEquals("1e999999999", Quantity.count("1e999999999"));
    }
}
