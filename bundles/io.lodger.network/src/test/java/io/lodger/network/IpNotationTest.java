package io.lodger.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpNotationTest {

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, ::",
        "00000000000000000000000000000001, ::1",
        "20010db8000000000000000000000001, 2001:db8::1",
        "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
        "20010000000000010000000000000001, 2001:0:0:1::1",
        "fe80000000000000a854abfffecb5be5, fe80::a854:abff:fecb:5be5",
        "ff020000000000000000000000000000, ff02::",
        "00000000000000000000ffffc0000201, ::ffff:192.0.2.1",
        "000000000000000000000000c0000201, ::192.0.2.1",
        "00010002000300040005000600070008, 1:2:3:4:5:6:7:8",
        "c00002ff, 192.0.2.255",
        "00000000, 0.0.0.0"})
    void writesAddressesAsInetNtopDoes(String bytes, String text) {
        assertEquals(text, IpNotation.of(HexFormat.of().parseHex(bytes)));
    }
}
