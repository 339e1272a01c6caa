package io.lodger.save.participant;

/**
 * A save that somebody takes part in.
 *
 * @param engine the engine at work, such as {@code "fork"}
 * @param target what it saves, in its own terms, such as a process id
 */
public record SaveOccasion(String engine, String target) {
}
