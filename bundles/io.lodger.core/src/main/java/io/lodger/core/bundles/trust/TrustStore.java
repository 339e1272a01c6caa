package io.lodger.core.bundles.trust;

import io.lodger.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The certificates that signatures may lead to: authorities, or single signers.
 *
 * @param path the PKCS12 file
 * @param certificates the trusted certificates in it
 */
record TrustStore(Path path, Set<X509Certificate> certificates) {

    private static final String HELP = "; \"keytool -importcert -storetype PKCS12 -keystore %s -alias NAME -file CERTIFICATE\" puts one "
            + "there, and require-signature=false in the configuration accepts unsigned bundles";

    /** Reads the file, which must hold a trusted certificate at least. */
    static TrustStore load(Path path, String password) throws CommandException, IOException {
        if (!Files.exists(path)) {
            throw new CommandException("No bundle can be accepted, for there is no trust store " + path + String.format(HELP, path));
        }
        var certificates = new LinkedHashSet<X509Certificate>();
        try (var content = Files.newInputStream(path)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(content, password.toCharArray());
            for (var alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new CommandException("No bundle can be accepted, for the trust store " + path + " can't be read: " + e.getMessage());
        }
        if (certificates.isEmpty()) {
            throw new CommandException("No bundle can be accepted, for the trust store " + path + " holds no trusted certificate"
                    + String.format(HELP, path));
        }
        return new TrustStore(path, certificates);
    }
}
