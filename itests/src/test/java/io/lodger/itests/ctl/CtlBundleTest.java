package io.lodger.itests.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.lodger.itests.AgentProcess;
import io.lodger.itests.Distribution;
import io.lodger.itests.FixtureBundle;
import io.lodger.itests.vendor.Program;
import io.lodger.itests.vendor.VendorKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lodgerctl bundle} and a running agent. */
class CtlBundleTest {

    private static final int PADDING = 3 << 20;
    private static final int BEGUN = 1000;

    @TempDir
    private Path folder;

    @Test
    void aLargeFileGoesUpWithABarOnATerminalOnly() throws Exception {
        var key = VendorKey.make(folder);
        var jar = key.sign(large());
        try (var agent = AgentProcess.lodger(folder, key.agentOptions())) {
            agent.connectWhenReady().close();
            var line = Distribution.bin("lodgerctl") + " --socket " + agent.socket() + " bundle ";
            // script(1) gives it a terminal, in which both streams are one.
            var shown = Program.run(Map.of("TERM", "xterm"), folder, "script", "-qec", line + "install " + jar, "/dev/null").good();
            assertTrue(shown.output().contains("[") && shown.output().contains("% ") && shown.output().contains("of 3.0 MiB"),
                    shown.output());
            assertTrue(shown.output().contains("test.fixture  -       1.0.0"), shown.output());
            Program.lodgerctl("--socket", agent.socket(), "bundle", "uninstall", "test.fixture").good();
            var plain = Program.lodgerctl("--socket", agent.socket(), "bundle", "install", jar).good();
            assertEquals("", plain.errors());
            assertFalse(plain.output().contains("%"), plain.output());
        }
    }

    @Test
    void anUploadThatWasBegunIsFinished() throws Exception {
        var key = VendorKey.make(folder);
        var jar = key.sign(large());
        var content = Files.readAllBytes(jar);
        var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        var begin = "{'execute': 'lodger-bundle-upload-begin', 'arguments': {'size': " + content.length + ", 'sha256': '" + sha256 + "'}}";
        try (var agent = AgentProcess.lodger(folder, key.agentOptions())) {
            try (var host = agent.connectWhenReady()) {
                var upload = JsonParser.parseString(host.ask(begin)).getAsJsonObject().getAsJsonObject("return").get("upload")
                        .getAsString();
                var first = Base64.getEncoder().encodeToString(Arrays.copyOf(content, BEGUN));
                assertEquals("{\"return\": {\"received\": " + BEGUN + "}}", host.ask("{'execute': 'lodger-bundle-upload-write', "
                        + "'arguments': {'upload': '" + upload + "', 'offset': 0, 'buf-b64': '" + first + "'}}"));
            }
            Program.lodgerctl("--socket", agent.socket(), "bundle", "install", jar).good();
            assertEquals("\"1.0.0\"\n", Program.lodgerctl("--socket", agent.socket(), "call", "test-version").good().output());
        }
    }

    @Test
    void whatVerifyRefusesTheAgentRefuses() throws Exception {
        var key = VendorKey.make(folder);
        var stranger = VendorKey.make(Files.createDirectory(folder.resolve("stranger")));
        var unsigned = FixtureBundle.build(folder, "test.fixture", "1.0.0");
        try (var agent = AgentProcess.lodger(folder, key.agentOptions())) {
            agent.connectWhenReady().close();
            for (var jar : new Path[] {unsigned, stranger.sign(Files.copy(unsigned, folder.resolve("strange.jar")))}) {
                assertEquals(1, Program.lodgerctl("bundle", "verify", jar, "--truststore", key.trustStore()).status(), jar.toString());
                assertEquals(1, Program.lodgerctl("--socket", agent.socket(), "bundle", "install", jar).status(), jar.toString());
            }
            key.sign(unsigned);
            Program.lodgerctl("bundle", "verify", unsigned, "--truststore", key.trustStore()).good();
            Program.lodgerctl("--socket", agent.socket(), "bundle", "install", unsigned).good();
        }
    }

    @Test
    void aJavaThatCantSignSaysSoAndCanDoTheRest() throws Exception {
        var key = VendorKey.make(folder);
        var jar = FixtureBundle.build(folder, "test.fixture", "1.0.0");
        var ended = small("bundle", "sign", jar.toString(), "--keystore", key.keystore().toString());
        assertEquals(1, ended.status(), ended.errors());
        assertTrue(ended.errors().contains("cannot sign, because it has no module jdk.jartool"), ended.errors());
        small("bundle", "verify", key.sign(jar).toString(), "--truststore", key.trustStore().toString()).good();
    }

    /** Runs it on a Java with few modules. */
    private Program.Ended small(String... words) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var line = new ArrayList<>(List.of(java, "--limit-modules", "java.base,java.logging,java.xml,jdk.crypto.ec",
                "-jar", Distribution.home().resolve("lib/lodgerctl.jar").toString()));
        line.addAll(List.of(words));
        return Program.run(Map.of(), folder, line.toArray(String[]::new));
    }

    private Path large() throws Exception {
        var padding = new byte[PADDING];
        new Random(1).nextBytes(padding);
        return FixtureBundle.build(folder, "test.fixture", "1.0.0", "-includeresource",
                "version.txt;literal=\"1.0.0\",padding=" + Files.write(folder.resolve("padding"), padding));
    }
}
