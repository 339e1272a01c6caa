package io.lodger.save.image;

import io.lodger.command.Doc;
import java.time.Instant;
import java.util.Map;

/** What is in an image. */
public record ImageFacts(
        @Doc("The engine that wrote it, and can restore it where that is possible.") String engine,
        @Doc("What it is an image of, in the engine's terms, such as a process id.") String target,
        @Doc("When it was begun, in UTC (ISO 8601).") String created,
        @Doc("How the payload is kept in it.") Compression compression,
        @Doc("How many bytes the payload has.") long payloadSize,
        @Doc("How many bytes the image has, holes included.") long size,
        @Doc("How many blocks have a checksum each.") int blocks,
        @Doc("What the engine says of it.") Map<String, String> facts) {

    static ImageFacts of(ImageIndex index, long size) {
        return new ImageFacts(index.head().engine(), index.head().target(), Instant.ofEpochMilli(index.head().created()).toString(),
                index.compression(), index.payloadSize(), size, index.blocks().size(), index.facts());
    }
}
