package io.lodger.save.engine;

import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A save engine that can bring back what it has saved. As a service it is a {@link SaveEngine}:
 * {@code @Component(service = SaveEngine.class)}.
 */
@ConsumerType
public interface RestoreEngine extends SaveEngine {

    /**
     * Restores what an image holds. Runs in the save helper, once, and only with images that the engine of the same name has saved.
     *
     * @param image what {@link #save} wrote, from its beginning, with zeros where it skipped; every byte was checked before it is given
     * @param options the engine's own options by name; the engine refuses names that it doesn't know
     * @param session the way to the agent; it has no image to write
     * @return what came of it, by name: lower case with dashes, such as {@code pid}
     * @throws Exception with a sentence that an operator can act on
     */
    Map<String, String> restore(ReadableByteChannel image, Map<String, String> options, SaveSession session) throws Exception;
}
