package io.lodger.save.protocol;

/**
 * How far the work is.
 *
 * @param what what is being done, for people
 * @param done how much is done, in any unit
 * @param total how much there is in the same unit, or 0 when that is not known
 */
public record Progress(String what, long done, long total) {
}
