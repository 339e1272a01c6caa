package io.lodger.itests.guest.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import io.lodger.itests.FixtureBundle;
import io.lodger.itests.guest.GuestAgent;
import io.lodger.itests.guest.GuestLab;
import io.lodger.itests.guest.GuestMachine;
import io.lodger.itests.guest.Image;
import io.lodger.itests.guest.libvirt.LibvirtSession.Outcome;
import io.lodger.itests.vendor.VendorKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lodgerctl} and two guests at once, through libvirt. */
class ManyGuestsTest {

    private static final List<String> DOMAINS = List.of("web-1", "web-2");
    /** Many times what one call of virsh can bring. */
    private static final int PADDING = 1 << 20;

    @TempDir
    private static Path folder;
    private static GuestLab lab;
    private static LibvirtSession libvirt;
    private static VendorKey key;
    private static Path distribution;

    @BeforeAll
    static void startDomains() throws Exception {
        lab = new GuestLab();
        libvirt = new LibvirtSession(lab);
        key = VendorKey.make(Files.createDirectory(folder.resolve("home")));
        var configuration = folder.resolve("lodger.conf");
        Files.writeString(configuration, Files.readString(Distribution.checkout().resolve("itests/guest/agents/lodger.conf"))
                + "trust-store=/payload/trust.p12\n");
        for (var domain : DOMAINS) {
            libvirt.start(domain, Image.TINY, GuestAgent.LODGER, Map.of("lodger.conf", configuration, "trust.p12", key.trustStore()));
        }
        for (var domain : DOMAINS) {
            Await.until("the agent of " + domain + " answers", GuestMachine.BOOT, () -> libvirt.virsh(
                    List.of("qemu-agent-command", domain, "{\"execute\":\"guest-info\"}")).status() == 0);
        }
        distribution = libvirt.lend(Distribution.home());
    }

    @AfterAll
    static void endDomains() {
        if (libvirt != null) {
            libvirt.close();
        }
        lab.close();
    }

    @Test
    void aBundleComesIntoTwoGuestsAtOnceAndGoesAgain() throws Exception {
        var jar = bundle("1.0.0");
        var installed = lodgerctl("--all", "bundle", "install", jar.toString());
        System.err.println("through libvirt, " + Files.size(jar) + " bytes into two guests at once:\n" + installed.output());
        assertEquals(0, installed.status(), installed.toString());
        assertEquals(List.of("GUEST OUTCOME BUNDLE BEFORE AFTER TIME", "web-1 done test.fixture - 1.0.0",
                "web-2 done test.fixture - 1.0.0"), installed.output().lines()
                        .map(line -> line.replaceAll(" +[0-9.]+ s$", "").replaceAll(" +", " ")).toList());

        assertEquals(List.of("\"1.0.0\"", "\"1.0.0\""),
                results(lodgerctl("--domain", "web-*", "--json", "call", "test-version"), "result"));

        var updated = lodgerctl("--all", "--canary", "1", "--json", "bundle", "update", bundle("1.1.0").toString());
        assertEquals(List.of("\"done\"", "\"done\""), results(updated, "outcome"));
        assertEquals("[{\"symbolic-name\":\"test.fixture\",\"before\":\"1.0.0\",\"after\":\"1.1.0\"}]", results(updated, "changes").get(1));

        var gone = lodgerctl("--domain", "web-1", "--domain", "no-such", "--json", "bundle", "uninstall", "test.fixture");
        assertEquals(4, gone.status(), gone.toString());
        assertEquals(List.of("\"done\"", "\"failed\""), results(gone, "outcome"));
        assertEquals(List.of("{\"class\":\"CommandNotFound\",\"desc\":\"The command test-version has not been found\"}", "\"1.1.0\""),
                List.of(results(lodgerctl("--all", "--json", "call", "test-version"), "error").get(0),
                        results(lodgerctl("--all", "--json", "call", "test-version"), "result").get(1)));
    }

    /** A signed bundle, larger than a request can be. */
    private static Path bundle(String version) throws Exception {
        var padding = new byte[PADDING];
        new Random(1).nextBytes(padding);
        var file = Files.write(folder.resolve("padding"), padding);
        return libvirt.lend(key.sign(FixtureBundle.build(folder, "test.fixture", version, "-includeresource",
                "version.txt;literal=\"" + version + "\",padding=" + file)));
    }

    private static Outcome lodgerctl(String... words) throws Exception {
        // A JVM that compiles nothing, on an emulated processor, takes its time to check a signature.
        var line = new ArrayList<>(List.of(distribution.resolve("bin/lodgerctl").toString(), "--libvirt", LibvirtSession.URI,
                "--timeout", "300"));
        line.addAll(List.of(words));
        return libvirt.run(line);
    }

    /** A member of each guest's entry. */
    private static List<String> results(Outcome outcome, String member) {
        assertTrue(outcome.output().startsWith("["), outcome.toString());
        return JsonParser.parseString(outcome.output()).getAsJsonArray().asList().stream().map(JsonElement::getAsJsonObject)
                .map(entry -> String.valueOf(entry.get(member))).toList();
    }
}
