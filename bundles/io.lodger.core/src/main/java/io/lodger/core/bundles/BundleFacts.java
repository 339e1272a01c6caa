package io.lodger.core.bundles;

import io.lodger.command.Doc;
import java.util.List;
import org.osgi.framework.Bundle;

/** What hosts are told of a bundle. */
public record BundleFacts(
        @Doc("Its symbolic name.") String symbolicName,
        @Doc("Its version.") String version,
        @Doc("Its state in the framework.") State state,
        @Doc("Whether it came with the agent or was added to it.") Origin origin,
        @Doc("The commands it serves.") List<String> commands) {

    /** The states of a bundle (OSGi Core 4.4.2). */
    public enum State {
        UNINSTALLED, INSTALLED, RESOLVED, STARTING, STOPPING, ACTIVE;

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

    static BundleFacts of(Bundle bundle, List<String> commands) {
        return new BundleFacts(bundle.getSymbolicName(), bundle.getVersion().toString(), State.of(bundle),
                AddedBundles.isAdded(bundle) ? Origin.ADDED : Origin.FEATURE, commands);
    }
}
