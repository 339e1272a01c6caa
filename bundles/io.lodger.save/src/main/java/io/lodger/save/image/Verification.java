package io.lodger.save.image;

import io.lodger.command.Doc;
import java.util.List;
import java.util.Optional;

/** Whether an image is whole, and where not. */
public record Verification(
        @Doc("Whether nothing is wrong with it.") boolean whole,
        @Doc("What is in it; missing where the index at its end is missing or damaged.") Optional<ImageFacts> image,
        @Doc("What is wrong with the file as a whole; missing where that is nothing.") Optional<String> problem,
        @Doc("How many bytes of the payload are good from its beginning on; missing where that can't be told.") Optional<Long> goodUntil,
        @Doc("How many blocks are damaged.") int damagedBlocks,
        @Doc("The damaged blocks, the first hundred of them.") List<Damage> damages) {

    /** A damaged block. */
    public record Damage(
            @Doc("The block's number, from 0.") int block,
            @Doc("Where it begins in the payload.") long payloadOffset,
            @Doc("How many bytes of the payload it holds.") long payloadLength,
            @Doc("Where it begins in the file.") long offset,
            @Doc("How many bytes it has in the file.") long length,
            @Doc("What is wrong with it.") String problem) {
    }
}
