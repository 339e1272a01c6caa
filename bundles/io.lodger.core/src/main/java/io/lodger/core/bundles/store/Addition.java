package io.lodger.core.bundles.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * What was added as one and goes as one: a bundle, or the bundles of an OSGi feature.
 *
 * @param name the symbolic name of the bundle, or the feature's group and artifact: {@code com.example:tools}
 * @param version the version of the bundle or of the feature
 * @param bundles the bundles in the order in which they are started; a bundle that isn't of a feature is the only one
 * @param signer the subject of the certificate that signed it; empty when signatures weren't asked for
 * @param addedAt when it was added
 * @param addedBy the name of the channel by which it was added
 * @param started whether it is to run
 * @param previous what a rollback brings back
 */
public record Addition(
        String name,
        Version version,
        List<StoredBundle> bundles,
        Optional<String> signer,
        Instant addedAt,
        String addedBy,
        boolean started,
        Optional<Addition> previous) {

    /** Whether it came as an archive with a feature in it. */
    public boolean isFeature() {
        return name.indexOf(':') >= 0;
    }

    /** Whether it is meant by this name: its own, or that of one of its bundles. */
    public boolean isNamed(String text) {
        return name.equals(text) || bundle(text).isPresent();
    }

    /** Its bundle of this symbolic name. */
    public Optional<StoredBundle> bundle(String symbolicName) {
        return bundles.stream().filter(bundle -> bundle.symbolicName().equals(symbolicName)).findFirst();
    }

    /** The same, to run or not. */
    public Addition withStarted(boolean now) {
        return new Addition(name, version, bundles, signer, addedAt, addedBy, now, previous);
    }

    /** The same with another version behind it. One version is kept, not the whole history. */
    public Addition over(Optional<Addition> before) {
        return new Addition(name, version, bundles, signer, addedAt, addedBy, started,
                before.map(old -> old.previous.isEmpty() ? old : old.over(Optional.empty())));
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
