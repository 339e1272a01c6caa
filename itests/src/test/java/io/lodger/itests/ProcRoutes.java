package io.lodger.itests;

import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Routes as {@code /proc/net/route} and {@code /proc/net/ipv6_route} give them, read independently of the agent. */
final class ProcRoutes {

    private ProcRoutes() {
    }

    /** A route of the agent, its members in a fixed order; counters, which the agent leaves away for IPv6, are left out. */
    static String summary(JsonObject route) throws UnknownHostException {
        boolean ipv4 = route.get("version").getAsInt() == 4;
        var members = ipv4 ? List.of("gateway", "flags", "metric", "mask", "mtu", "window", "irtt")
                : List.of("desprefixlen", "source", "srcprefixlen", "nexthop", "metric", "flags");
        var summary = new StringBuilder(route.get("iface").getAsString() + " " + address(route, "destination"));
        for (var member : members) {
            boolean isAddress = List.of("gateway", "mask", "source", "nexthop").contains(member);
            summary.append(' ').append(isAddress ? address(route, member) : route.get(member).getAsString());
        }
        return summary.toString();
    }

    private static String address(JsonObject route, String member) throws UnknownHostException {
        return InetAddress.getByName(route.get(member).getAsString()).getHostAddress();
    }

    /** The lines of {@code /proc/net/route}, summed up the same way. */
    static List<String> ipv4(String file) {
        return file.lines().skip(1).map(line -> line.strip().split("\\s+")).map(word -> String.join(" ",
                word[0], reversed(word[1]), reversed(word[2]), hexadecimal(word[3]), word[6], reversed(word[7]), word[8], word[9],
                word[10])).toList();
    }

    /** The lines of {@code /proc/net/ipv6_route}, but for the entry that stands for having no route, which isn't in any table. */
    static List<String> ipv6(String file) {
        return file.lines().map(line -> line.strip().split("\\s+"))
                .filter(word -> !(word[0].matches("0*") && word[1].equals("00") && word[8].equals("00200200")))
                .map(word -> String.join(" ", word[9], ipv6Address(word[0]), hexadecimal(word[1]), ipv6Address(word[2]),
                        hexadecimal(word[3]), ipv6Address(word[4]), hexadecimal(word[5]), hexadecimal(word[8]))).toList();
    }

    private static String hexadecimal(String number) {
        return new BigInteger(number, 16).toString();
    }

    /** IPv4 addresses stand there as numbers of the machine's byte order, which is little-endian on all that this runs on. */
    private static String reversed(String address) {
        byte[] bytes = HexFormat.of().parseHex(address);
        for (int i = 0; i < bytes.length / 2; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = swapped;
        }
        return hostAddress(bytes);
    }

    private static String ipv6Address(String address) {
        return hostAddress(HexFormat.of().parseHex(address));
    }

    private static String hostAddress(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(Arrays.toString(bytes), e);
        }
    }
}
