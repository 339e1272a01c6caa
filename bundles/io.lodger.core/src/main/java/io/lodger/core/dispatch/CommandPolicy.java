package io.lodger.core.dispatch;

import io.lodger.command.FrozenState;
import io.lodger.core.registry.CommandDescription;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides by its name and its declared behaviour whether a command may run, before anything of it is touched. */
public final class CommandPolicy {

    private final Optional<Set<String>> allowed;
    private final Set<String> blocked;
    private final FrozenState frozen;

    /**
     * A policy of two lists and the frozen state.
     *
     * @param allowed the only names allowed; empty option for all
     * @param blocked names taken off the allowed ones
     */
    public CommandPolicy(Optional<List<String>> allowed, List<String> blocked, FrozenState frozen) {
        this.allowed = allowed.map(Set::copyOf);
        this.blocked = Set.copyOf(blocked);
        this.frozen = frozen;
    }

    /**
     * Whether a command may run now. While file systems are frozen nothing but what is made for that state may, and that may
     * whatever the lists say: a list must not keep the host from thawing.
     */
    public boolean permits(CommandDescription command) {
        if (frozen.isFrozen()) {
            return command.facts().whileFrozen();
        }
        return allowed.map(names -> names.contains(command.name())).orElse(true) && !blocked.contains(command.name());
    }
}
