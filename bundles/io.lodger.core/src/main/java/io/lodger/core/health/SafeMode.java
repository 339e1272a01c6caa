package io.lodger.core.health;

import java.util.Optional;

/** Whether the agent runs without the bundles that were added to it, because it would not run with them. */
public final class SafeMode {

    private volatile Optional<String> reason = Optional.empty();

    /** Says that it does, and why, in a sentence for an operator. */
    public void enter(String newReason) {
        reason = Optional.of(newReason);
    }

    /** Says that it does no more. */
    public void leave() {
        reason = Optional.empty();
    }

    /** Why it does; empty when it doesn't. */
    public Optional<String> reason() {
        return reason;
    }
}
