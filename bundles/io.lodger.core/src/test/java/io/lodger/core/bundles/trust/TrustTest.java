package io.lodger.core.bundles.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandException;
import io.lodger.core.BundleConfiguration;
import io.lodger.core.bundles.Signing;
import io.lodger.core.bundles.TestJar;
import io.lodger.core.bundles.store.Sha256;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a signature can fail to be one, with the real tools. */
class TrustTest {

    @TempDir
    private static Path keys;

    private static Signing signing;
    private static Path trustStore;

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeAll
    static void makeKeys() throws Exception {
        signing = new Signing(keys);
        signing.key("Authority", "-startdate", "-20d", "-ext", "bc:critical=ca:true",
                "-ext", "ku:critical=keyCertSign");
        signing.keyOf("Authority", "Vendor", "-ext", "ku:critical=digitalSignature", "-ext", "eku=codeSigning");
        signing.keyOf("Authority", "Other");
        signing.keyOf("Authority", "Server", "-ext", "ku=digitalSignature", "-ext", "eku=serverAuth");
        signing.keyOf("Authority", "Encipherer", "-ext", "ku=keyEncipherment");
        signing.keyOf("Authority", "Old", "-startdate", "-10d", "-validity", "5");
        signing.keyOf("Authority", "Future", "-startdate", "+5d");
        signing.key("Mallory");
        signing.key("Alone");
        trustStore = signing.trust("trust.p12", "Authority", "Alone");
    }

    @BeforeEach
    void makeJar() throws Exception {
        jar = TestJar.bundle("com.example.hello", "1.0.0").entry("a.txt", "first").entry("b.txt", "second")
                .write(folder.resolve("hello.jar"));
    }

    private Optional<String> accept() throws Exception {
        return accept(Instant.now(), trustStore);
    }

    private Optional<String> accept(Instant at, Path store) throws Exception {
        return new Trust(new BundleConfiguration(folder, true, store, "changeit", folder.resolve("deny.list"), Optional.empty(),
                folder.resolve("audit.log"), false)).accept("hello.jar", jar, at);
    }

    private void assertRefused(String why) {
        var e = assertThrows(CommandException.class, this::accept);
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void aSignatureThatLeadsToTheTrustStoreIsAccepted() throws Exception {
        signing.sign(jar, "Vendor");
        assertEquals(Optional.of("CN=Vendor"), accept());
    }

    @Test
    void aCertificateThatIsItselfInTheTrustStoreIsAccepted() throws Exception {
        signing.sign(jar, "Alone");
        assertEquals(Optional.of("CN=Alone"), accept());
    }

    @Test
    void oneOfTwoSignersIsEnough() throws Exception {
        signing.sign(signing.sign(jar, "Mallory"), "Vendor");
        assertEquals(Optional.of("CN=Vendor"), accept());
    }

    @Test
    void anUnsignedJarIsRefused() {
        assertRefused("hello.jar is refused: it is not signed; jarsigner signs it");
    }

    @Test
    void anUnknownSignerIsRefused() throws Exception {
        signing.sign(jar, "Mallory");
        assertRefused("the certificate CN=Mallory of its signature leads to no certificate in the trust store " + trustStore);
    }

    @Test
    void anExpiredCertificateIsRefusedForWhatIsNewAndStandsForWhatIsThere() throws Exception {
        signing.sign(jar, "Old");
        assertRefused("the certificate CN=Old of its signature expired on ");
        assertEquals(Optional.of("CN=Old"), accept(Instant.now().minus(Duration.ofDays(7)), trustStore));
    }

    @Test
    void aCertificateThatIsNotYetValidIsRefusedWithTheGuestsTime() throws Exception {
        signing.sign(jar, "Future");
        assertRefused("the certificate CN=Future of its signature is not valid before ");
        assertRefused("the guest's clock says ");
    }

    @Test
    void aKeyForSomethingElseIsRefused() throws Exception {
        signing.sign(jar, "Server");
        assertRefused("the certificate CN=Server of its signature is not for signing code (its extended key usage is 1.3.6.1.5.5.7.3.1)");
    }

    @Test
    void aKeyThatIsNotForSignaturesIsRefused() throws Exception {
        signing.sign(jar, "Encipherer");
        assertRefused("the certificate CN=Encipherer of its signature is not for digital signatures");
    }

    @Test
    void aCertificateOnTheDenyListIsRefusedAndSoIsAllThatItsAuthoritySigned() throws Exception {
        signing.sign(jar, "Vendor");
        for (var name : new String[] {"Vendor", "Authority"}) {
            var fingerprint = Sha256.of(signing.certificate(name)).toUpperCase().replaceAll("..(?!$)", "$0:");
            Files.writeString(folder.resolve("deny.list"), "# stolen\n" + fingerprint + " in spring\n");
            assertRefused("the certificate CN=" + name + " of its signature is on the deny list");
        }
    }

    @Test
    void aDenyListThatCannotBeReadDeniesEverything() throws Exception {
        signing.sign(jar, "Vendor");
        Files.writeString(folder.resolve("deny.list"), "CN=Mallory\n");
        assertRefused("the deny list " + folder.resolve("deny.list") + " has a line that begins with no SHA-256 fingerprint: CN=Mallory");
    }

    @Test
    void aTamperedEntryIsRefused() throws Exception {
        signing.sign(jar, "Vendor");
        change("a.txt", "FIRST");
        assertRefused("its signature is broken, it was changed after it was signed");
        assertRefused("a.txt");
    }

    @Test
    void aTamperedManifestIsRefused() throws Exception {
        signing.sign(jar, "Vendor");
        change("META-INF/MANIFEST.MF", read("META-INF/MANIFEST.MF").replace("Bundle-Version: 1.0.0", "Bundle-Version: 9.0.0"));
        assertRefused("its signature is broken, it was changed after it was signed");
    }

    @Test
    void anEntryThatWasAddedAfterwardsIsRefused() throws Exception {
        signing.sign(jar, "Vendor");
        change("c.txt", "third");
        assertRefused("its entry c.txt is not signed");
    }

    @Test
    void anEntryWithALineInTheManifestButOutsideOfTheSignatureIsRefused() throws Exception {
        signing.sign(jar, "Vendor");
        change("c.txt", "third");
        change("META-INF/MANIFEST.MF", read("META-INF/MANIFEST.MF") + "Name: c.txt\r\nSHA-256-Digest: AAAA\r\n\r\n");
        assertRefused("its ");
    }

    @Test
    void anEntryThatSomebodyElseSignedIsRefused() throws Exception {
        signing.sign(jar, "Vendor");
        change("c.txt", "third");
        signing.sign(jar, "Mallory");
        remove("META-INF/MALLORY.SF");
        assertRefused("its entry c.txt is not signed");
        makeJar();
        signing.sign(jar, "Vendor");
        change("c.txt", "third");
        signing.sign(jar, "Other");
        // The signature of Vendor covers all but c.txt, that of Other all.
        assertEquals(Optional.of("CN=Other"), accept());
    }

    @Test
    void withoutATrustStoreTheMessageSaysHowToMakeOne() throws Exception {
        var e = assertThrows(CommandException.class, () -> accept(Instant.now(), folder.resolve("none.p12")));
        assertTrue(e.getMessage().startsWith("No bundle can be accepted, for there is no trust store " + folder.resolve("none.p12")
                + "; \"keytool -importcert -storetype PKCS12 -keystore "), e.getMessage());
    }

    @Test
    void aTrustStoreWithoutCertificatesIsNamed() throws Exception {
        signing.sign(jar, "Vendor");
        var e = assertThrows(CommandException.class, () -> accept(Instant.now(), keys.resolve("Mallory.p12")));
        assertTrue(e.getMessage().contains("holds no trusted certificate"), e.getMessage());
        var text = Files.writeString(folder.resolve("text.p12"), "text");
        e = assertThrows(CommandException.class, () -> accept(Instant.now(), text));
        assertTrue(e.getMessage().contains("can't be read"), e.getMessage());
    }

    private void change(String entry, String content) throws Exception {
        try (var zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.writeString(zip.getPath(entry), content);
        }
    }

    private void remove(String entry) throws Exception {
        try (var zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.delete(zip.getPath(entry));
        }
    }

    private String read(String entry) throws Exception {
        try (var zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            return Files.readString(zip.getPath(entry));
        }
    }
}
