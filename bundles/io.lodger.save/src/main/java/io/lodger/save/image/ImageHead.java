package io.lodger.save.image;

/**
 * What is known of an image before its first byte.
 *
 * @param engine the engine that writes it
 * @param target what it is an image of, in the engine's terms
 * @param created when it was begun, in milliseconds since 1970
 */
public record ImageHead(String engine, String target, long created) {
}
