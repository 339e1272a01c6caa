package io.lodger.ctl.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.ctl.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys are made by keytool, and what is signed is checked by jarsigner as well. */
@Timeout(120)
class SignatureTest {
    private static final String PASSWORD = "secret";

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        jar = folder.resolve("hello.jar");
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (var stream = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var name : List.of("a/One.class", "a/Two.class")) {
                stream.putNextEntry(new JarEntry(name));
                stream.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void whatWasSignedIsTrustedWhereTheCertificateIs() throws Exception {
        var key = key("ada");
        var signed = folder.resolve("signed.jar");
        assertEquals(new Ran(0, signed + " is signed by CN=ada\n", ""), sign(key, "-o", signed.toString()));
        assertEquals(new Ran(0, signed + " is signed by CN=ada, which " + trusting(key) + " trusts\n", ""), verify(signed, trusting(key)));
        program("jarsigner", "-verify", signed.toString());
        assertEquals(new Ran(0, "{\"jar\":\"" + signed + "\",\"signer\":\"CN=ada\"}\n", ""), verify(signed, trusting(key), "--json"));
    }

    @Test
    void anotherVendorsCertificateDoesNotHelp() throws Exception {
        sign(key("ada"));
        var ran = verify(jar, trusting(key("eve")));
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().contains("the certificate of CN=ada does not chain to a trusted one"), ran.err());
    }

    @Test
    void anUnsignedJarIsRefused() throws Exception {
        assertEquals(new Ran(1, "", "lodgerctl: a/One.class in " + jar + " is not validly signed\n"), verify(jar, trusting(key("ada"))));
    }

    @Test
    void anEntryAddedLaterIsRefused() throws Exception {
        var key = key("ada");
        sign(key);
        change("a/Three.class");
        assertEquals(new Ran(1, "", "lodgerctl: a/Three.class in " + jar + " is not validly signed\n"), verify(jar, trusting(key)));
    }

    @Test
    void aChangedEntryIsRefused() throws Exception {
        var key = key("ada");
        sign(key);
        change("a/Two.class");
        var ran = verify(jar, trusting(key));
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().contains("was changed after it was signed"), ran.err());
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        var key = key("ada", "-startdate", "2020/01/01", "-validity", "30");
        sign(key);
        var ran = verify(jar, trusting(key));
        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().contains("CN=ada is valid no longer: it expired on 2020-01-31"), ran.err());
    }

    @Test
    void aCertificateForSomethingElseIsRefused() throws Exception {
        var contracts = key("ada", "-ext", "KeyUsage=nonRepudiation");
        sign(contracts);
        assertTrue(verify(jar, trusting(contracts)).err().contains("its key usage lacks digitalSignature"));
        var secrets = key("cid", "-ext", "KeyUsage=keyEncipherment");
        makeJar();
        sign(secrets);
        assertEquals(new Ran(1, "", "lodgerctl: a/One.class in " + jar + " is not validly signed\n"), verify(jar, trusting(secrets)));
        var server = key("bob", "-ext", "ExtendedKeyUsage=serverAuth");
        makeJar();
        sign(server);
        assertTrue(verify(jar, trusting(server)).err().contains("its extended key usage lacks codeSigning"));
    }

    @Test
    void aWrongPasswordIsSaid() throws Exception {
        var key = key("ada");
        Files.writeString(folder.resolve("password"), "wrong\n");
        assertEquals(new Ran(2, "", "lodgerctl: the password does not fit " + key + "\n"), sign(key));
    }

    private Ran sign(Path key, String... options) {
        var words = new ArrayList<>(List.of("bundle", "sign", jar.toString(), "--keystore", key.toString(),
            "--password-file", folder.resolve("password").toString()));
        words.addAll(List.of(options));
        return Ran.words(words.toArray(String[]::new));
    }

    private Ran verify(Path signed, Path store, String... options) {
        var words = new ArrayList<>(List.of("bundle", "verify", signed.toString(), "--truststore", store.toString(),
            "--password-file", folder.resolve("password").toString()));
        words.addAll(List.of(options));
        return Ran.words(words.toArray(String[]::new));
    }

    private Path key(String name, String... options) throws Exception {
        var file = folder.resolve(name + ".p12");
        var words = new ArrayList<>(List.of("-genkeypair", "-keystore", file.toString(), "-storepass", PASSWORD, "-alias", name,
            "-dname", "CN=" + name, "-keyalg", "EC"));
        words.addAll(List.of(options));
        program("keytool", words.toArray(String[]::new));
        return file;
    }

    /** A store that holds the certificate of a key. */
    private Path trusting(Path key) throws Exception {
        var name = key.getFileName().toString().replace(".p12", "");
        var certificate = folder.resolve(name + ".pem");
        var store = folder.resolve(name + "-trust.p12");
        if (Files.notExists(store)) {
            program("keytool", "-exportcert", "-keystore", key.toString(), "-storepass", PASSWORD, "-alias", name,
                "-file", certificate.toString());
            program("keytool", "-importcert", "-noprompt", "-keystore", store.toString(), "-storepass", PASSWORD, "-alias", name,
                "-file", certificate.toString());
        }
        return store;
    }

    private void change(String entry) {
        try (var files = FileSystems.newFileSystem(jar, Map.of())) {
            Files.writeString(files.getPath(entry), "other");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void program(String name, String... words) throws Exception {
        var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", name).toString()));
        line.addAll(List.of(words));
        var process = new ProcessBuilder(line).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
