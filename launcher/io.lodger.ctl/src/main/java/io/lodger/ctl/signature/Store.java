package io.lodger.ctl.signature;

import io.lodger.ctl.verb.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.UnrecoverableKeyException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** A PKCS12 file as {@code keytool} makes them. */
final class Store {
    private final Path file;
    private final char[] password;
    private final KeyStore content;

    private Store(Path file, char[] password, KeyStore content) {
        this.file = file;
        this.password = password;
        this.content = content;
    }

    /** Reads it. */
    static Store open(Path file, char[] password) throws UsageException {
        try (var stream = Files.newInputStream(file)) {
            var content = KeyStore.getInstance("PKCS12");
            content.load(stream, password);
            return new Store(file, password, content);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no store " + file);
        } catch (IOException e) {
            throw new UsageException(e.getCause() instanceof UnrecoverableKeyException
                ? "the password does not fit " + file
                : "cannot read " + file + " as PKCS12: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new UsageException("cannot read " + file + " as PKCS12: " + e.getMessage());
        }
    }

    /**
     * A key with its certificates.
     *
     * @param alias its name, or null for the only one there is
     */
    PrivateKeyEntry key(String alias) throws UsageException {
        try {
            var keys = new ArrayList<String>();
            for (var name : Collections.list(content.aliases())) {
                if (content.isKeyEntry(name)) {
                    keys.add(name);
                }
            }
            if (keys.isEmpty()) {
                throw new UsageException("there is no key in " + file);
            }
            if (alias == null && keys.size() > 1) {
                throw new UsageException("which key of " + file + "? add --alias, one of " + String.join(", ", keys));
            }
            if (alias != null && !keys.contains(alias)) {
                throw new UsageException("there is no key '" + alias + "' in " + file + ", but " + String.join(", ", keys));
            }
            var name = alias == null ? keys.get(0) : alias;
            if (content.getEntry(name, new KeyStore.PasswordProtection(password)) instanceof PrivateKeyEntry entry) {
                return entry;
            }
            throw new UsageException("'" + name + "' in " + file + " is not a private key");
        } catch (GeneralSecurityException e) {
            throw new UsageException("cannot take the key out of " + file + ": " + e.getMessage());
        }
    }

    /** All certificates in it, whatever they are there for. */
    Set<TrustAnchor> anchors() throws UsageException {
        try {
            var anchors = new HashSet<TrustAnchor>();
            for (var name : Collections.list(content.aliases())) {
                if (content.isCertificateEntry(name) && content.getCertificate(name) instanceof X509Certificate certificate) {
                    anchors.add(new TrustAnchor(certificate, null));
                }
            }
            if (anchors.isEmpty()) {
                throw new UsageException("there is no trusted certificate in " + file + "; keytool -importcert puts one there");
            }
            return anchors;
        } catch (GeneralSecurityException e) {
            throw new UsageException("cannot read " + file + ": " + e.getMessage());
        }
    }
}
