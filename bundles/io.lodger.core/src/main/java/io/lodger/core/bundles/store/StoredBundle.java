package io.lodger.core.bundles.store;

import org.osgi.framework.Version;

/**
 * A bundle whose jar is in the store.
 *
 * @param symbolicName its symbolic name
 * @param version its version
 * @param sha256 the SHA-256 of its jar, in lower-case hexadecimal
 */
public record StoredBundle(String symbolicName, Version version, String sha256) {

    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
