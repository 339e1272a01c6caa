package io.lodger.core.bundles;

import io.lodger.command.Doc;
import java.util.Optional;

/** Where a bundle, or an archive of a feature's bundles, is to be taken from: exactly one of the two. */
public record BundleSource(
        @Doc("The path of a jar or archive in the guest.") Optional<String> path,
        @Doc("The id of a complete upload.") Optional<String> upload) {

    public BundleSource {
        if (path.isPresent() == upload.isPresent()) {
            throw new IllegalArgumentException("Exactly one of the parameters 'path' and 'upload' is needed");
        }
    }
}
