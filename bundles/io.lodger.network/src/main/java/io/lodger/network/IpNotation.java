package io.lodger.network;

/** Writes addresses as inet_ntop(3) does; of IPv6 this is the form that RFC 5952 recommends. */
final class IpNotation {

    static final int IPV4_SIZE = 4;
    static final int IPV6_SIZE = 16;

    private static final int GROUPS = 8;

    private IpNotation() {
    }

    /** The text of an address of 4 or 16 bytes. */
    static String of(byte[] address) {
        return address.length == IPV4_SIZE ? ipv4(address, 0) : ipv6(address);
    }

    private static String ipv4(byte[] address, int from) {
        return (address[from] & 0xFF) + "." + (address[from + 1] & 0xFF) + "." + (address[from + 2] & 0xFF) + "."
                + (address[from + 3] & 0xFF);
    }

    private static String ipv6(byte[] address) {
        int start = 0;
        int longest = 0;
        for (int at = 0; at < GROUPS; at++) {
            int zeros = zeros(address, at);
            if (zeros > longest) {
                start = at;
                longest = zeros;
            }
        }
        if (start == 0 && (longest == 6 || longest == 5 && group(address, 5) == 0xFFFF)) {
            return (longest == 6 ? "::" : "::ffff:") + ipv4(address, IPV6_SIZE - IPV4_SIZE);
        }
        return longest < 2 ? groups(address, 0, GROUPS)
                : groups(address, 0, start) + "::" + groups(address, start + longest, GROUPS);
    }

    private static String groups(byte[] address, int from, int to) {
        var text = new StringBuilder();
        for (int at = from; at < to; at++) {
            text.append(at > from ? ":" : "").append(Integer.toHexString(group(address, at)));
        }
        return text.toString();
    }

    private static int zeros(byte[] address, int from) {
        int at = from;
        while (at < GROUPS && group(address, at) == 0) {
            at++;
        }
        return at - from;
    }

    private static int group(byte[] address, int index) {
        return (address[2 * index] & 0xFF) << 8 | address[2 * index + 1] & 0xFF;
    }
}
