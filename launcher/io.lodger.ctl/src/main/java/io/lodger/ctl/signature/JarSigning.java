package io.lodger.ctl.signature;

import io.lodger.ctl.verb.RefusedException;
import io.lodger.ctl.verb.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.Optional;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import jdk.security.jarsigner.JarSignerException;

/**
 * Signs a jar by the JDK's own signer. A class of its own, because a Java without the signer's module can't load it.
 *
 * @param tsa a time stamping authority, if one is to be asked
 */
record JarSigning(PrivateKeyEntry key, Optional<URI> tsa) {
    /** Signs {@code jar}; what comes of it appears at {@code target}, all of it or nothing. */
    void sign(Path jar, Path target) throws UsageException, RefusedException {
        var folder = target.toAbsolutePath().getParent();
        Path made = null;
        try (var unsigned = new ZipFile(jar.toFile())) {
            made = Files.createTempFile(folder, ".signed", ".jar");
            var signer = new JarSigner.Builder(key).signerName("LODGER");
            tsa.ifPresent(signer::tsa);
            try (var stream = Files.newOutputStream(made)) {
                signer.build().sign(unsigned, stream);
            }
            // The temporary file is its owner's alone; the jar is for all who could read the other.
            Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(jar));
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UsageException("cannot sign " + jar + ": " + e.getMessage());
        } catch (JarSignerException e) {
            throw new RefusedException(jar + " cannot be signed: "
                + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        } finally {
            delete(made);
        }
    }

    private static void delete(Path made) throws UsageException {
        try {
            if (made != null) {
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            throw new UsageException("cannot delete " + made + ": " + e.getMessage());
        }
    }
}
