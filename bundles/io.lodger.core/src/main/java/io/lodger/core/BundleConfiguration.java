package io.lodger.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may add what to the running agent, and where it is kept.
 *
 * @param store the folder for what was added; it has to outlive the boot if the added bundles are to
 * @param requireSignature whether only bundles are accepted whose signature leads to the trust store
 * @param trustStore a PKCS12 file with the certificates that signatures may lead to
 * @param trustStorePassword what its integrity is checked with
 * @param denyList a text file with the SHA-256 fingerprints of certificates that are revoked, one to a line; it needn't be there
 * @param channels the names of the only channels by which bundles may be managed; empty option for all
 * @param auditLog the file to which every change and every refusal is written
 * @param safeMode whether the agent starts without added bundles, because it died with them again and again
 */
public record BundleConfiguration(
        Path store,
        boolean requireSignature,
        Path trustStore,
        String trustStorePassword,
        Path denyList,
        Optional<List<String>> channels,
        Path auditLog,
        boolean safeMode) {
}
