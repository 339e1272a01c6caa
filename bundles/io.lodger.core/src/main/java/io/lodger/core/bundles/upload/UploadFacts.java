package io.lodger.core.bundles.upload;

import io.lodger.command.Doc;

/** How far an upload is. */
public record UploadFacts(
        @Doc("The upload's id, for the other commands.") String upload,
        @Doc("How many bytes are there; the next chunk begins at this offset.") long received,
        @Doc("How many bytes one chunk may hold.") int chunkSize) {

    static UploadFacts of(Upload upload) {
        return new UploadFacts(upload.id(), upload.received(), Uploads.CHUNK_SIZE);
    }
}
