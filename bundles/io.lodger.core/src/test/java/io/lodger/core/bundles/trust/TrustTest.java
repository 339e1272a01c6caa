package io.lodger.core.bundles.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.Signing;
import io.lodger.core.bundles.store.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    private CandidateJar jar;

    @BeforeAll
    static void makeKeys() throws Exception {
        signing = new Signing(keys);
        signing.key("Authority", "-startdate", "-20d", "-ext", "bc:critical=ca:true",
                "-ext", "ku:critical=keyCertSign");
        signing.keyOf("Authority", "Vendor", "-ext", "ku:critical=digitalSignature", "-ext", "eku=codeSigning");
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
        jar = CandidateJar.in(folder, trustStore);
    }

    @Test
    void aSignatureThatLeadsToTheTrustStoreIsAccepted() throws Exception {
        signing.sign(jar.file(), "Vendor");
        assertEquals(Optional.of("CN=Vendor"), jar.accept());
    }

    @Test
    void aCertificateThatIsItselfInTheTrustStoreIsAccepted() throws Exception {
        signing.sign(jar.file(), "Alone");
        assertEquals(Optional.of("CN=Alone"), jar.accept());
    }

    @Test
    void oneOfTwoSignersIsEnough() throws Exception {
        signing.sign(signing.sign(jar.file(), "Mallory"), "Vendor");
        assertEquals(Optional.of("CN=Vendor"), jar.accept());
    }

    @Test
    void anUnsignedJarIsRefused() {
        jar.assertRefused("hello.jar is refused: it is not signed; jarsigner signs it");
    }

    @Test
    void anUnknownSignerIsRefused() throws Exception {
        signing.sign(jar.file(), "Mallory");
        jar.assertRefused("the certificate CN=Mallory of its signature leads to no certificate in the trust store " + trustStore);
    }

    @Test
    void anExpiredCertificateIsRefusedForWhatIsNewAndStandsForWhatIsThere() throws Exception {
        signing.sign(jar.file(), "Old");
        jar.assertRefused("the certificate CN=Old of its signature expired on ");
        assertEquals(Optional.of("CN=Old"), jar.accept(Instant.now().minus(Duration.ofDays(7)), trustStore));
    }

    @Test
    void aCertificateThatIsNotYetValidIsRefusedWithTheGuestsTime() throws Exception {
        signing.sign(jar.file(), "Future");
        jar.assertRefused("the certificate CN=Future of its signature is not valid before ");
        jar.assertRefused("the guest's clock says ");
    }

    @Test
    void aKeyForSomethingElseIsRefused() throws Exception {
        signing.sign(jar.file(), "Server");
        jar.assertRefused("the certificate CN=Server of its signature is not for signing code "
                + "(its extended key usage is 1.3.6.1.5.5.7.3.1)");
    }

    @Test
    void aKeyThatIsNotForSignaturesIsRefused() throws Exception {
        signing.sign(jar.file(), "Encipherer");
        jar.assertRefused("the certificate CN=Encipherer of its signature is not for digital signatures");
    }

    @Test
    void aCertificateOnTheDenyListIsRefusedAndSoIsAllThatItsAuthoritySigned() throws Exception {
        signing.sign(jar.file(), "Vendor");
        for (var name : new String[] {"Vendor", "Authority"}) {
            var fingerprint = Sha256.of(signing.certificate(name)).toUpperCase().replaceAll("..(?!$)", "$0:");
            Files.writeString(folder.resolve("deny.list"), "# stolen\n" + fingerprint + " in spring\n");
            jar.assertRefused("the certificate CN=" + name + " of its signature is on the deny list");
        }
    }

    @Test
    void aDenyListThatCannotBeReadDeniesEverything() throws Exception {
        signing.sign(jar.file(), "Vendor");
        Files.writeString(folder.resolve("deny.list"), "CN=Mallory\n");
        jar.assertRefused("the deny list " + folder.resolve("deny.list")
                + " has a line that begins with no SHA-256 fingerprint: CN=Mallory");
    }

    @Test
    void withoutATrustStoreTheMessageSaysHowToMakeOne() throws Exception {
        var e = assertThrows(CommandException.class, () -> jar.accept(Instant.now(), folder.resolve("none.p12")));
        assertTrue(e.getMessage().startsWith("No bundle can be accepted, for there is no trust store " + folder.resolve("none.p12")
                + "; \"keytool -importcert -storetype PKCS12 -keystore "), e.getMessage());
    }

    @Test
    void aTrustStoreWithoutCertificatesIsNamed() throws Exception {
        signing.sign(jar.file(), "Vendor");
        var e = assertThrows(CommandException.class, () -> jar.accept(Instant.now(), keys.resolve("Mallory.p12")));
        assertTrue(e.getMessage().contains("holds no trusted certificate"), e.getMessage());
        var text = Files.writeString(folder.resolve("text.p12"), "text");
        e = assertThrows(CommandException.class, () -> jar.accept(Instant.now(), text));
        assertTrue(e.getMessage().contains("can't be read"), e.getMessage());
    }
}
