package io.lodger.itests.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Two agents' replies to the same bytes.
 *
 * @param agree whether they are the same, or differ for written reasons only
 * @param reasons the reasons for the differences that are kept on purpose; of no meaning when the replies don't agree
 */
public record Comparison(boolean agree, List<String> reasons) {

    /** A wrong member of the envelope, or an unexpected argument. */
    private static final Pattern ONE_OF_SEVERAL = Pattern.compile("(QMP input member|Parameter) '.*' (is unexpected|must be an? \\w+)");

    private static final Pattern DESCRIPTION = Pattern.compile("\"desc\": \"(\\\\.|[^\"\\\\])*\"");

    private static final Pattern INFINITY = Pattern.compile("(?<=[ \\[])(-?)inf(?=[],}])");

    private static final Pattern ZERO_WITH_EXPONENT = Pattern.compile("(^|[^0-9.])0[eE]");

    /**
     * Compares replies, without their LFs and in ISO 8859-1.
     *
     * @param request the bytes both agents were sent
     * @param qemu what qemu-ga replied
     * @param other what the other agent replied
     */
    public static Comparison of(byte[] request, List<String> qemu, List<String> other) {
        var reasons = new ArrayList<String>();
        boolean agree = qemu.size() == other.size();
        for (int i = 0; agree && i < qemu.size(); i++) {
            agree = agree(CanonicalReply.of(qemu.get(i)), CanonicalReply.of(other.get(i)), reasons);
        }
        if (!agree && ZERO_WITH_EXPONENT.matcher(new String(request, StandardCharsets.ISO_8859_1)).find()) {
            return new Comparison(true, List.of("a zero with an exponent, 0e1, is a number by RFC 8259; qemu-ga reads a zero and a word"));
        }
        return new Comparison(agree, List.copyOf(reasons));
    }

    private static boolean agree(String qemu, String other, List<String> reasons) {
        if (qemu.equals(other)) {
            return true;
        }
        String expected = INFINITY.matcher(qemu).replaceAll("$11e999");
        if (!expected.equals(qemu)) {
            reasons.add("an infinity is sent back as 1e999; qemu-ga's word for it, inf, is not JSON");
        }
        if (expected.equals(other)) {
            return true;
        }
        reasons.add("of several wrong members the first is named; qemu-ga names the first in its hash table");
        return ONE_OF_SEVERAL.matcher(expected).find() && ONE_OF_SEVERAL.matcher(other).find()
                && DESCRIPTION.matcher(expected).replaceFirst("").equals(DESCRIPTION.matcher(other).replaceFirst(""));
    }
}
