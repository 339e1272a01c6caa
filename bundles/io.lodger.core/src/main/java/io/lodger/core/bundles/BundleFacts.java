package io.lodger.core.bundles;

import io.lodger.command.Doc;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** What hosts are told of a bundle. */
public record BundleFacts(
        @Doc("Its symbolic name.") String symbolicName,
        @Doc("Its version.") String version,
        @Doc("Its state in the framework; or stopped, where lodger-bundle-stop has taken it out; superseded, where a higher version "
                + "serves in its place; or skipped, where it ought to be there and the problem says why it isn't.") State state,
        @Doc("Whether it came with the agent or was added to it.") Origin origin,
        @Doc("The commands it serves.") List<String> commands,
        @Doc("The subject of the certificate that signed it.") Optional<String> signer,
        @Doc("When it was added, ISO 8601 in UTC.") Optional<String> addedAt,
        @Doc("The name of the channel by which it was added.") Optional<String> addedBy,
        @Doc("The version that lodger-bundle-rollback would bring.") Optional<String> previous,
        @Doc("The feature with which it was added and goes, and the feature's version.") Optional<String> feature,
        @Doc("Why it is skipped or superseded.") Optional<String> problem) {

    /** The states of a bundle (OSGi Core 4.4.2), and those of one that isn't in the framework or doesn't run there. */
    public enum State {
        UNINSTALLED, INSTALLED, RESOLVED, STARTING, STOPPING, ACTIVE, STOPPED, SUPERSEDED, SKIPPED;

        static State of(Bundle bundle) {
            return values()[Integer.numberOfTrailingZeros(bundle.getState())];
        }
    }

    /** Where a bundle comes from. */
    public enum Origin {
        /** It came with the agent. */
        FEATURE,
        /** It was added to the running agent. */
        ADDED
    }
}
