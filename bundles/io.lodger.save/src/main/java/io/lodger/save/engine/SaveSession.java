package io.lodger.save.engine;

import io.lodger.command.ExecutionContext;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the save helper offers to an engine at work: the image, the agent's log, progress and cancelling, and the callbacks by which
 * others make themselves ready. Actions for cancelling must leave the target as it was; the helper is killed when they take too long.
 */
@ProviderType
public interface SaveSession extends ExecutionContext {

    /** Where the image goes. One image, written from its beginning to its end. */
    ImageOutput image();

    /** Writes a line to the agent's log. */
    void log(Level level, String text);

    /**
     * Asks everybody who takes part to make the thing quiet, and waits until they have. When one can't, or not in time, those who did
     * are told to resume.
     *
     * @throws IOException when somebody could not; the save has failed, with this message
     */
    void suspend() throws IOException, InterruptedException;

    /** Says that the moment is captured and only copying is left, and waits until everybody has taken note. */
    void postcopy() throws IOException, InterruptedException;

    /** Says that all of the image is written, and waits until everybody has taken note. */
    void checkpoint() throws IOException, InterruptedException;

    /** Tells everybody to go on as before, in the reverse order, and waits. The agent does it in any case when the helper ends. */
    void resume() throws IOException, InterruptedException;
}
