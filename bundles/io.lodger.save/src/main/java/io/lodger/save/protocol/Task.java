package io.lodger.save.protocol;

import io.lodger.save.image.Compression;
import java.util.Map;
import java.util.Optional;

/**
 * The work of one helper.
 *
 * @param work what is to be done
 * @param engine the engine's class, which is made a second time in the helper; none to verify an image
 * @param engineName its name
 * @param target what to save, in the engine's own terms; empty otherwise
 * @param options the engine's own options
 * @param file the image's file, which is made by a save and has to exist for anything else; none where the image is a stream
 * @param stream where the helper opens the data stream; none where the image is a file
 * @param spool the folder in which a stream is kept that is to be restored
 * @param compression how a save's payload is kept
 */
public record Task(Work work, Optional<String> engine, String engineName, String target, Map<String, String> options,
        Optional<String> file, Optional<String> stream, String spool, Compression compression) {

    /** What can be done. */
    public enum Work {
        /** A target is saved to an image. */
        SAVE,
        /** What an image holds is brought back. */
        RESTORE,
        /** An image's file is read as a whole, and all that is wrong with it is told. */
        VERIFY
    }
}
