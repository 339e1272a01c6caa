package io.lodger.core.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;

/** What the commands that manage bundles reply. */
final class BundleReplies {

    static final String HELLO = "com.example.hello";

    private static final Pattern WHEN = Pattern.compile("\"added-at\": \"[^\"]*\"");

    private BundleReplies() {
    }

    /** The facts of the bundle {@link #HELLO}, which somebody added. */
    static String facts(String version, String state, String more) {
        return "{\"symbolic-name\": \"com.example.hello\", \"version\": \"" + version + "\", \"state\": \"" + state
                + "\", \"origin\": \"added\", \"commands\": [], \"added-at\": \"NOW\", \"added-by\": \"c0\"" + more + "}";
    }

    /** The reply of lodger-bundle-list with the facts of these bundles. */
    static String list(String... facts) {
        return "{\"return\": {\"require-signature\": false, \"safe-mode\": false, \"bundles\": [" + String.join(", ", facts) + "]}}";
    }

    static void assertReply(String expected, String reply) {
        assertEquals(expected, WHEN.matcher(reply).replaceAll("\"added-at\": \"NOW\""));
    }

    static void assertRefused(String why, String reply) {
        assertTrue(reply.startsWith("{\"error\": {\"class\": \"GenericError\", \"desc\": \"") && reply.contains(why), reply);
    }
}
