package io.lodger.itests.guest;

import java.util.Locale;
import java.util.Optional;

/** What serves the agent's port of a guest. */
public enum GuestAgent {

    /** Lodger, from the built distribution, with {@code itests/guest/agents/lodger.conf}. */
    LODGER,
    /** The image's own qemu-ga. */
    QEMU_GA,
    /** Nothing, until the test installs something; then the payload is an empty disk. */
    NONE;

    /** The name of its start script in {@code itests/guest/agents}. */
    Optional<String> script() {
        return this == NONE ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
