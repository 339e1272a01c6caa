package io.lodger.ctl.fleet;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say how several agents are gone through. */
public final class FleetOptions {
    @Option(names = "--parallel", paramLabel = "N", scope = ScopeType.INHERIT, defaultValue = "16",
        description = "How many guests at a time. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(names = "--canary", paramLabel = "N", scope = ScopeType.INHERIT, defaultValue = "0",
        description = "The first N guests one after the other, and the others only if it went well with them. Nothing more is begun after "
            + "the first failure.")
    private int canaries;

    int parallel() {
        return Math.max(1, parallel);
    }

    int canaries() {
        return Math.max(0, canaries);
    }

    /** Whether the first failure is to be the last. */
    boolean stopsAtFailure() {
        return canaries() > 0;
    }
}
