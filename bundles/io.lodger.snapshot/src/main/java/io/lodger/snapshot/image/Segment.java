package io.lodger.snapshot.image;

import io.lodger.snapshot.process.Mapping;
import java.util.List;

/**
 * A part of the image that shows memory.
 *
 * @param mapping the mapping it shows
 * @param fileSize how many bytes of it are in the image
 */
public record Segment(Mapping mapping, long fileSize) {

    /** Those of a copy's mappings; the kernel's own page at the end of the address space is left out. */
    public static List<Segment> of(List<Mapping> mappings, CoreFilter filter) {
        return mappings.stream().filter(mapping -> !mapping.path().equals("[vsyscall]"))
                .map(mapping -> new Segment(mapping, filter.size(mapping))).toList();
    }
}
