package io.lodger.itests.hotadd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.FixtureBundle;
import io.lodger.itests.Host;
import io.lodger.itests.vendor.Program;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A built agent that demands signatures, and what is sent to it. It refuses each by name, and goes on. */
class AttackTest {

    @TempDir
    private Path folder;
    private AgentProcess agent;
    private Host host;
    private BundleHost bundles;

    @BeforeEach
    void start() throws Exception {
        for (var name : List.of("vendor", "mallory")) {
            Program.jdk("keytool", "-genkeypair", "-keystore", store(name), "-storepass", "changeit", "-alias", name, "-keyalg", "EC",
                    "-dname", "CN=" + name, "-ext", "ku=digitalSignature", "-ext", "eku=codeSigning");
        }
        Program.jdk("keytool", "-exportcert", "-keystore", store("vendor"), "-storepass", "changeit", "-alias", "vendor", "-file",
                folder.resolve("vendor.der").toString());
        Program.jdk("keytool", "-importcert", "-noprompt", "-storetype", "PKCS12", "-keystore", store("trust"), "-storepass", "changeit",
                "-alias", "vendor", "-file", folder.resolve("vendor.der").toString());
        var configuration = Files.writeString(folder.resolve("lodger.conf"),
                "[general]\ntrust-store=" + store("trust") + "\ndeny-list=" + folder.resolve("deny.list") + "\n");
        agent = AgentProcess.lodger(folder, "-c", configuration.toString());
        host = agent.connectWhenReady();
        bundles = new BundleHost(host);
    }

    @AfterEach
    void stop() throws Exception {
        assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
        host.close();
        agent.close();
    }

    private String store(String name) {
        return folder.resolve(name + ".p12").toString();
    }

    private Path signed(Path jar, String name) throws Exception {
        Program.jdk("jarsigner", "-keystore", store(name), "-storepass", "changeit", jar.toString(), name);
        return jar;
    }

    private void assertRefused(String why, Path jar) throws Exception {
        var reply = bundles.take("install", jar);
        assertTrue(reply.startsWith("{\"error\": ") && reply.contains(why), reply);
        assertEquals(Map.of(), bundles.added());
    }

    @Test
    void onlyWhatATrustedKeySignedIsAcceptedAndUnharmed() throws Exception {
        assertTrue(bundles.list().get("require-signature").getAsBoolean());
        var jar = FixtureBundle.build(folder, "test.fixture", "1.0.0");
        assertRefused("test.fixture 1.0.0 is refused: it is not signed", jar);
        var mallorys = Files.copy(jar, folder.resolve("mallory.jar"));
        assertRefused("the certificate CN=mallory of its signature leads to no certificate in the trust store",
                signed(mallorys, "mallory"));
        signed(jar, "vendor");
        assertRefused("its signature is broken, it was changed after it was signed", changed(jar, "version.txt"));
        assertRefused("its entry added.txt is not signed", changed(jar, "added.txt"));
        var reply = bundles.take("install", jar);
        assertTrue(reply.contains("\"signer\": \"CN=vendor\""), reply);
        assertEquals("{\"return\": \"1.0.0\"}", host.ask("{'execute': 'test-version'}"));
        var audit = Files.readString(folder.resolve("lodger.bundles/audit.log"));
        assertEquals(4, audit.lines().filter(line -> line.contains("\"outcome\":\"refused\"")).count());
        assertTrue(audit.lines().anyMatch(line -> line.contains("\"signer\":\"CN=vendor\",\"outcome\":\"done\"")), audit);
    }

    /** The jar with another content in an entry. */
    private Path changed(Path jar, String entry) throws Exception {
        var copy = Files.copy(jar, folder.resolve("changed-" + entry + ".jar"));
        try (var zip = FileSystems.newFileSystem(copy)) {
            Files.writeString(zip.getPath(entry), "9.9.9");
        }
        return copy;
    }

    @Test
    void whatIsSignedIsStillNotAllowedEverything() throws Exception {
        var impostor = FixtureBundle.build(folder, "test.impostor", "1.0.0", "Export-Package", "io.lodger.command");
        assertRefused("exports the package io.lodger.command, which belongs to io.lodger.command", signed(impostor, "vendor"));
        var core = FixtureBundle.build(folder, "io.lodger.core", "9.0.0");
        assertRefused("io.lodger.core 9.0.0 is refused: it is a part of the agent itself", signed(core, "vendor"));
        var first = FixtureBundle.build(folder, "test.fixture", "1.0.0");
        assertTrue(bundles.take("install", signed(first, "vendor")).contains("\"return\""));
        var second = signed(FixtureBundle.build(folder, "test.second", "1.0.0"), "vendor");
        var reply = bundles.take("install", second);
        assertTrue(reply.contains("brings the command test-") && reply.contains(", which test.fixture 1.0.0 has"), reply);
    }

    @Test
    void aBundleThatWantsAllTheMemoryDoesNotGetIt() throws Exception {
        var greedy = FixtureBundle.build(folder, "test.greedy", "1.0.0", "Private-Package", "io.lodger.itests.hotadd.greedy");
        assertRefused("test-greedy of test.greedy 1.0.0 can't be served: java.lang.OutOfMemoryError", signed(greedy, "vendor"));
    }

    @Test
    void aRevokedSignerIsRefusedAtTheNextStartToo() throws Exception {
        var jar = signed(FixtureBundle.build(folder, "test.fixture", "1.0.0"), "vendor");
        assertTrue(bundles.take("install", jar).contains("\"return\""));
        var hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve("vendor.der")));
        Files.writeString(folder.resolve("deny.list"), HexFormat.of().formatHex(hash) + "\n");
        host.close();
        agent.close();
        agent = AgentProcess.lodger(folder, "-c", folder.resolve("lodger.conf").toString());
        host = agent.connectWhenReady();
        bundles = new BundleHost(host);
        assertEquals(Map.of("test.fixture", "1.0.0 skipped"), bundles.added());
        assertTrue(BundleHost.text(bundles.facts("test.fixture").orElseThrow(), "problem")
                .contains("CN=vendor of its signature is on the deny list"));
    }
}
