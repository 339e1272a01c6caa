package io.lodger.core.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys and signatures, made by the JDK's own keytool and jarsigner in a folder of the test's. */
public final class Signing {

    private static final String PASSWORD = "changeit";
    /** For programs that run for a moment. */
    private static final String QUICK = "-J-XX:TieredStopAtLevel=1";

    private final Path folder;

    public Signing(Path folder) {
        this.folder = folder;
    }

    /** A key with a certificate that it signed itself. */
    public Path key(String name, String... options) throws Exception {
        var store = folder.resolve(name + ".p12");
        var command = keytool("-genkeypair", store, name, "-keyalg", "EC", "-dname", "CN=" + name);
        command.addAll(List.of(options));
        run(command);
        return store;
    }

    /** A key whose certificate is an authority's. */
    public Path keyOf(String authority, String name, String... options) throws Exception {
        var store = key(name);
        var request = folder.resolve(name + ".csr");
        run(keytool("-certreq", store, name, "-file", request.toString()));
        var certificate = folder.resolve(name + ".issued");
        var issue = keytool("-gencert", folder.resolve(authority + ".p12"), authority, "-infile", request.toString(), "-outfile",
                certificate.toString());
        issue.addAll(List.of(options));
        run(issue);
        importCertificate(store, authority, certificate(authority));
        run(keytool("-importcert", store, name, "-noprompt", "-file", certificate.toString()));
        return store;
    }

    /** The certificate of a key, in a file. */
    public Path certificate(String name) throws Exception {
        var file = folder.resolve(name + ".der");
        if (!Files.exists(file)) {
            run(keytool("-exportcert", folder.resolve(name + ".p12"), name, "-file", file.toString()));
        }
        return file;
    }

    /** A trust store with the certificates of these keys. */
    public Path trust(String file, String... names) throws Exception {
        var store = folder.resolve(file);
        for (var name : names) {
            importCertificate(store, name, certificate(name));
        }
        return store;
    }

    private void importCertificate(Path store, String alias, Path certificate) throws Exception {
        run(keytool("-importcert", store, alias, "-noprompt", "-file", certificate.toString()));
    }

    /** Signs a jar in place, once more if it was signed before. */
    public Path sign(Path jar, String name) throws Exception {
        run(List.of(tool("jarsigner"), QUICK, "-keystore", folder.resolve(name + ".p12").toString(), "-storepass", PASSWORD, jar.toString(),
                name));
        return jar;
    }

    private static List<String> keytool(String verb, Path store, String alias, String... options) {
        var command = new ArrayList<>(List.of(tool("keytool"), QUICK, verb, "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass", PASSWORD, "-alias", alias));
        command.addAll(List.of(options));
        return command;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static void run(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + output);
    }
}
