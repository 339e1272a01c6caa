package io.lodger.command;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name on the wire where it can't be derived from the Java name, such as {@code supported_commands} or the mode {@code rb+} of
 * QEMU's schema. New commands have no need of it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface WireName {

    /** The name, exactly as it stands on the wire. */
    String value();
}
