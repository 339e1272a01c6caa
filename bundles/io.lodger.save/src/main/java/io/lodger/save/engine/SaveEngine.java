package io.lodger.save.engine;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One way to save something that is alive, such as a process. An engine is a public class with a public constructor without arguments:
 * the instance that is registered as a service answers the questions, and a second one in the save helper does the work. It may die of
 * it: the agent reports that and goes on.
 */
@ConsumerType
public interface SaveEngine {

    /** The name by which hosts choose it, such as {@code "fork"}; lower case, unique in the agent. */
    String name();

    /**
     * Says why it can't work on this machine. Changes nothing, and ends within seconds.
     *
     * @return a reason for an operator, without the engine's name and without full stop; empty when nothing speaks against it
     * @throws IOException when that can't be found out, which counts as a reason
     */
    Optional<String> obstacle() throws IOException, InterruptedException;

    /**
     * Saves the target. Runs in the save helper, once. However it ends, the target goes on as it was before.
     *
     * @param target what to save, in the engine's own terms, such as a process id
     * @param options the engine's own options by name; the engine refuses names that it doesn't know
     * @param session the image to write and the way to the agent
     * @return what the image holds, for people and for restoring, by name: lower case with dashes, such as {@code threads}
     * @throws Exception with a sentence that an operator can act on
     */
    Map<String, String> save(String target, Map<String, String> options, SaveSession session) throws Exception;
}
