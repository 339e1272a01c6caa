package io.lodger.core.bundles.trust;

import io.lodger.command.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The signatures of a jar as jarsigner(1) makes them (JAR File Specification, Signed JAR File), checked by the JDK's own reader: it
 * compares digests as entries are read, and tells an entry's signers once it was read to its end.
 */
final class JarSignature {

    private static final int WINDOW = 64 << 10;

    /** The files with the certificates. */
    private static final Pattern BLOCK = Pattern.compile("(?i)\\.(RSA|DSA|EC)$");

    private JarSignature() {
    }

    /**
     * Reads the whole jar.
     *
     * @return those who have signed every entry; one at least
     * @throws CommandException when something is wrong with a signature, or nobody has signed all entries
     */
    static List<CodeSigner> check(String what, Path file) throws CommandException, IOException {
        Map<X509Certificate, CodeSigner> common = null;
        try (var jar = new JarFile(file.toFile(), true)) {
            for (var entries = jar.entries(); entries.hasMoreElements();) {
                var entry = entries.nextElement();
                read(jar, entry);
                if (entry.isDirectory() || isOfSignature(entry.getName())) {
                    continue;
                }
                var signers = byCertificate(entry.getCodeSigners());
                if (signers.isEmpty()) {
                    throw new CommandException(what + unsigned(jar, entry));
                }
                if (common == null) {
                    common = signers;
                }
                var before = name(common);
                common.keySet().retainAll(signers.keySet());
                if (common.isEmpty()) {
                    throw new CommandException(what + " is refused: its entry " + entry.getName() + " is signed by " + name(signers)
                            + ", the others by " + before);
                }
            }
        } catch (SecurityException e) {
            throw new CommandException(what + " is refused: its signature is broken, it was changed after it was signed ("
                    + e.getMessage() + ")");
        }
        if (common == null) {
            throw new CommandException(what + " is refused: nothing in it is signed");
        }
        return List.copyOf(common.values());
    }

    private static void read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            var window = new byte[WINDOW];
            while (content.read(window) >= 0) {
                // The reader compares the digest when it comes to the end.
            }
        }
    }

    /** The JDK passes over a signature that it can't accept as if there were none, so the reason has to be found out. */
    private static String unsigned(JarFile jar, JarEntry entry) throws IOException {
        var blocks = jar.stream().filter(other -> isOfSignature(other.getName()) && BLOCK.matcher(other.getName()).find()).toList();
        if (blocks.isEmpty()) {
            return " is refused: it is not signed; jarsigner signs it, and require-signature=false in the configuration accepts it "
                    + "unsigned";
        }
        for (var block : blocks) {
            try (InputStream content = jar.getInputStream(block)) {
                for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(content)) {
                    if (certificate instanceof X509Certificate signer && signer.getBasicConstraints() < 0
                            && signer.getKeyUsage() != null && !signer.getKeyUsage()[0]) {
                        return " is refused: the certificate " + name(signer) + " of its signature is not for digital signatures (its key "
                                + "usage lacks digitalSignature)";
                    }
                }
            } catch (CertificateException e) {
                return " is refused: its " + block.getName() + " is no signature: " + e.getMessage();
            }
        }
        return " is refused: its entry " + entry.getName() + " is not signed, or only with an algorithm that this Java holds to be weak";
    }

    /** The manifest and the files of signatures themselves: these can't be signed. */
    private static boolean isOfSignature(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        if (!upper.startsWith("META-INF/") || upper.indexOf('/', "META-INF/".length()) >= 0) {
            return false;
        }
        return upper.equals(JarFile.MANIFEST_NAME) || upper.endsWith(".SF") || upper.endsWith(".RSA") || upper.endsWith(".DSA")
                || upper.endsWith(".EC") || upper.startsWith("META-INF/SIG-");
    }

    private static Map<X509Certificate, CodeSigner> byCertificate(CodeSigner[] signers) {
        var byCertificate = new LinkedHashMap<X509Certificate, CodeSigner>();
        if (signers != null) {
            Arrays.stream(signers).forEach(signer -> byCertificate.putIfAbsent(certificate(signer), signer));
        }
        return byCertificate;
    }

    private static String name(Map<X509Certificate, CodeSigner> signers) {
        return String.join(" and ", signers.keySet().stream().map(JarSignature::name).toList());
    }

    static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** The certificate of the key that signed. */
    static X509Certificate certificate(CodeSigner signer) {
        return (X509Certificate) signer.getSignerCertPath().getCertificates().get(0);
    }
}
