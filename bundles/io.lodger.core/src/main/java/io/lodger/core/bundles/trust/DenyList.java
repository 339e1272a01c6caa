package io.lodger.core.bundles.trust;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Certificates that were revoked, by the SHA-256 of their DER encoding, as {@code keytool -printcert} and
 * {@code openssl x509 -fingerprint -sha256} show it. One to a line, with or without colons; the rest of a line is a comment.
 *
 * @param fingerprints the fingerprints in lower-case hexadecimal without colons
 */
record DenyList(Set<String> fingerprints) {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    /** Reads the file; a list that isn't there denies nothing, but one that can't be understood denies everything. */
    static DenyList load(Path path) throws CommandException, IOException {
        var fingerprints = new HashSet<String>();
        if (Files.exists(path)) {
            for (var line : Files.readAllLines(path)) {
                var word = line.strip().split("[\\s#]", 2)[0].replace(":", "").toLowerCase(Locale.ROOT);
                if (FINGERPRINT.matcher(word).matches()) {
                    fingerprints.add(word);
                } else if (!word.isEmpty()) {
                    throw new CommandException("No bundle can be accepted, for the deny list " + path + " has a line that begins with no "
                            + "SHA-256 fingerprint: " + line.strip());
                }
            }
        }
        return new DenyList(Set.copyOf(fingerprints));
    }

    boolean holds(X509Certificate certificate) {
        return fingerprints.contains(fingerprint(certificate));
    }

    static String fingerprint(X509Certificate certificate) {
        try {
            return Sha256.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }
}
