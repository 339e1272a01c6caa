package io.lodger.core.bundles.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.core.bundles.Signing;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that were changed after they were signed, with the real tools. */
class TamperingTest {

    @TempDir
    private static Path keys;

    private static Signing signing;
    private static Path trustStore;

    @TempDir
    private Path folder;

    private CandidateJar jar;

    @BeforeAll
    static void makeKeys() throws Exception {
        signing = new Signing(keys);
        for (var name : new String[] {"Vendor", "Other", "Mallory"}) {
            signing.key(name);
        }
        trustStore = signing.trust("trust.p12", "Vendor", "Other");
    }

    @BeforeEach
    void makeJar() throws Exception {
        jar = CandidateJar.in(folder, trustStore);
    }

    @Test
    void aTamperedEntryIsRefused() throws Exception {
        signing.sign(jar.file(), "Vendor");
        jar.change("a.txt", "FIRST");
        jar.assertRefused("its signature is broken, it was changed after it was signed");
        jar.assertRefused("a.txt");
    }

    @Test
    void aTamperedManifestIsRefused() throws Exception {
        signing.sign(jar.file(), "Vendor");
        jar.change("META-INF/MANIFEST.MF", jar.read("META-INF/MANIFEST.MF").replace("Bundle-Version: 1.0.0", "Bundle-Version: 9.0.0"));
        jar.assertRefused("its signature is broken, it was changed after it was signed");
    }

    @Test
    void anEntryThatWasAddedAfterwardsIsRefused() throws Exception {
        signing.sign(jar.file(), "Vendor");
        jar.change("c.txt", "third");
        jar.assertRefused("its entry c.txt is not signed");
    }

    @Test
    void anEntryWithALineInTheManifestButOutsideOfTheSignatureIsRefused() throws Exception {
        signing.sign(jar.file(), "Vendor");
        jar.change("c.txt", "third");
        jar.change("META-INF/MANIFEST.MF", jar.read("META-INF/MANIFEST.MF") + "Name: c.txt\r\nSHA-256-Digest: AAAA\r\n\r\n");
        jar.assertRefused("its ");
    }

    @Test
    void anEntryThatSomebodyElseSignedIsRefused() throws Exception {
        signing.sign(jar.file(), "Vendor");
        jar.change("c.txt", "third");
        signing.sign(jar.file(), "Mallory");
        jar.remove("META-INF/MALLORY.SF");
        jar.assertRefused("its entry c.txt is not signed");
        makeJar();
        signing.sign(jar.file(), "Vendor");
        jar.change("c.txt", "third");
        signing.sign(jar.file(), "Other");
        // The signature of Vendor covers all but c.txt, that of Other all.
        assertEquals(Optional.of("CN=Other"), jar.accept());
    }
}
