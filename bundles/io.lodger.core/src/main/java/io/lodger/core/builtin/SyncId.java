package io.lodger.core.builtin;

import io.lodger.command.Doc;

/** The arguments of both sync commands. */
public record SyncId(@Doc("A number that the host has just made up; it comes back as the result.") long id) {
}
