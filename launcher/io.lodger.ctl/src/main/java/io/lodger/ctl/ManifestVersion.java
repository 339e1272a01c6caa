package io.lodger.ctl;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar this class came from. */
public final class ManifestVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"lodgerctl " + Optional.ofNullable(getClass().getPackage().getImplementationVersion()).orElse("(unpacked)")};
    }
}
