package io.lodger.itests.guest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a parameter of a test method, of type {@link GuestMachine}, a running machine whose agent has answered. The machine is the
 * test's own, and is ended after it. Where the means to run one are missing the test is skipped, and the reason is said.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(GuestExtension.class)
public @interface Guest {

    /** What it is booted from. */
    Image image() default Image.TINY;

    /** What serves the agent's port. */
    GuestAgent agent() default GuestAgent.LODGER;

    /**
     * Further arguments for QEMU, such as {@code -rtc}. A machine that has any is booted for this test, one without starts from a
     * saved state.
     */
    String[] qemu() default {};

    /** Whether to boot for this test, rather than to start from a saved state. */
    boolean fresh() default false;
}
