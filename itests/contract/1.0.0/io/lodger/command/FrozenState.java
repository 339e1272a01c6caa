package io.lodger.command;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether the guest's file systems are frozen, as a service of the core. While they are, only commands that say
 * {@link GuestCommand#whileFrozen} run, nothing is logged to disk, and no bundle is installed. The state outlives the agent: one
 * that is started again in a frozen guest knows.
 */
@ProviderType
public interface FrozenState {

    /** Whether file systems are frozen, as far as the agent had a part in it. */
    boolean isFrozen();

    /**
     * Says that file systems are about to be frozen. To be called before the first one is.
     *
     * @throws IOException when the state could not be written to the state directory; nothing may be frozen then
     */
    void freeze() throws IOException;

    /**
     * Says that no file system is frozen any more.
     *
     * @throws IOException when the state could not be removed from the state directory
     */
    void thaw() throws IOException;
}
