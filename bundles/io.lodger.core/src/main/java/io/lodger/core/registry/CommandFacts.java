package io.lodger.core.registry;

import io.lodger.command.GuestCommand;

/**
 * What the core must know of a command before it touches it, as {@link GuestCommand} declares it.
 *
 * @param name its name on the wire
 * @param respondsOnSuccess whether it replies when it succeeds
 * @param whileFrozen whether it may run while file systems are frozen
 * @param cancelledBySync whether a waiting sync ends it after the grace
 */
public record CommandFacts(String name, boolean respondsOnSuccess, boolean whileFrozen, boolean cancelledBySync) {

    /** The facts that an annotation declares. */
    public static CommandFacts of(GuestCommand declared) {
        return new CommandFacts(declared.name(), declared.respondsOnSuccess(), declared.whileFrozen(), declared.cancelledBySync());
    }
}
