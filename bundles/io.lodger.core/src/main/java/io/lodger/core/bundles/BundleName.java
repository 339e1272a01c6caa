package io.lodger.core.bundles;

import io.lodger.command.Doc;

/** Which added bundle is meant. */
public record BundleName(
        @Doc("The bundle's symbolic name. One that came with a feature stands for all bundles of the feature.") String symbolicName) {
}
