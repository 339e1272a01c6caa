package io.lodger.command;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * What the core must know of a command before it touches its class. Each member becomes a service property named
 * {@code lodger.command.} and the member's name.
 *
 * <p>The requirement is effective when the bundle starts, not when it resolves: refreshing the core leaves command bundles alone.
 */
@ComponentPropertyType
@Requirement(
        namespace = "osgi.implementation",
        name = "io.lodger.command",
        version = "1.0",
        effective = "active")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface GuestCommand {

    /** What stands before each member's name in the service properties. */
    String PREFIX_ = "lodger.command.";

    /**
     * The command's name on the wire, lower case with dashes. {@code guest-} belongs to QEMU's schema and {@code lodger-} to
     * Lodger; vendors use a prefix of their own.
     */
    String name();

    /** False for a command that sends nothing when it succeeds, as {@code guest-shutdown} does. It still reports failure. */
    boolean respondsOnSuccess() default true;

    /** True for a command that may run while file systems are frozen: it writes to no disk and loads no class from one. */
    boolean whileFrozen() default false;

    /**
     * False for a command that a waiting {@code guest-sync} must not end after the grace, because stopping it half-way is worse than
     * keeping the host waiting, as with a freeze. The byte 0xFF still cancels it.
     */
    boolean cancelledBySync() default true;
}
