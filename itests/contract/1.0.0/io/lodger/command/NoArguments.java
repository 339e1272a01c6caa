package io.lodger.command;

/** The arguments of a command that takes none. */
public record NoArguments() {
}
