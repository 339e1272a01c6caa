package io.lodger.itests.hotadd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.Distribution;
import io.lodger.itests.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that the core's README has for the commands that manage bundles, one after the other as they stand there. */
class ReadmeTest {

    private static final Pattern EXAMPLE = Pattern.compile("```\\n(\\{\"execute\": \"lodger-bundle-.*?)```", Pattern.DOTALL);
    private static final int LINES = 18;

    @TempDir
    private Path folder;

    @Test
    void theExamplesAreReal() throws Exception {
        var readme = Files.readString(Distribution.checkout().resolve("bundles/io.lodger.core/README.md"));
        var lines = new ArrayList<String>();
        EXAMPLE.matcher(readme).results().forEach(match -> lines.addAll(lines(match.group(1))));
        assertEquals(LINES, lines.size(), lines.toString());
        var versions = new Versions(folder, "com.example.hello");
        var jar = Files.readAllBytes(versions.jar("1.0.0"));
        versions.jar("1.1.0");
        var configuration = Files.writeString(folder.resolve("lodger.conf"), "[general]\nrequire-signature=false\n");
        try (var agent = AgentProcess.lodger(folder, "-c", configuration.toString()); var host = agent.connectWhenReady()) {
            for (int i = 0; i < lines.size(); i += 2) {
                check(host, real(lines.get(i), jar), lines.get(i + 1));
            }
        }
    }

    /** The request with the paths, sizes and hashes of this test. */
    private String real(String request, byte[] jar) throws Exception {
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        return request.replace("/tmp/", folder + "/").replaceAll("\"size\": \\d+", "\"size\": " + jar.length)
                .replaceAll("\"[0-9a-f]{64}\"", "\"" + hash + "\"")
                .replaceAll("\"[0-9a-f]{16}-\\d+\"", "\"" + hash.substring(0, 16) + "-" + jar.length + "\"")
                .replaceAll("\"UEsDBBQ[^\"]*\"", "\"" + Base64.getEncoder().encodeToString(jar) + "\"");
    }

    private static void check(Host host, String request, String expected) throws Exception {
        var reply = plain(host.ask(request));
        if (!request.contains("lodger-bundle-list")) {
            assertEquals(plain(expected), reply);
            return;
        }
        // The list is long, and the README shows some of it.
        for (var bundle : plain(expected).split("(?=\\{\"symbolic-name)|(?<=\\})[,\\]}]+")) {
            assertTrue(reply.contains(bundle), bundle + " in " + reply);
        }
    }

    private static List<String> lines(String example) {
        var lines = new ArrayList<String>();
        for (var line : example.lines().toList()) {
            if (line.startsWith(" ")) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + line);
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Without what differs from run to run, and without the breaks of the README. */
    private static String plain(String line) {
        return line.replaceAll("\"20[0-9-]+T[0-9:.]+Z\"", "TIME").replaceAll("\"[0-9a-f]{16}-\\d+\"", "ID")
                .replaceAll("\"received\": [1-9]\\d*", "RECEIVED").replaceAll("\\s+", "");
    }
}
