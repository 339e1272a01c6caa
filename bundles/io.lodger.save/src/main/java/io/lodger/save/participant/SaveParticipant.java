package io.lodger.save.participant;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Somebody who makes something quiet before it is saved, and lets it go on after. Called in the agent, in the order of
 * {@code service.ranking}, the highest first; {@link #resume} in the reverse order. Every call is on a thread of its own, which is
 * interrupted when the time is up.
 *
 * <p>Whoever was asked to suspend is told to resume, exactly once, however the save ends: when it has succeeded, failed or was
 * cancelled, when the save helper has died, and when this service is taken away meanwhile. Also when its own {@link #suspend} failed
 * or took too long, as soon as that call has ended.
 */
@ConsumerType
public interface SaveParticipant {

    /** A name for people, such as {@code "postgres"}. */
    String name();

    /** How long each call may take. */
    Duration limit();

    /**
     * Makes the thing quiet, and returns when it is. May also find that the occasion is none of its business.
     *
     * @throws Exception when it can't be done; the save then fails with this message, and nothing was saved
     */
    void suspend(SaveOccasion occasion) throws Exception;

    /** The moment is captured: what is changed from now on is not in the image. A failure is logged. */
    default void postcopy(SaveOccasion occasion) throws Exception {
    }

    /** The image is written. A failure is logged. */
    default void checkpoint(SaveOccasion occasion) throws Exception {
    }

    /** Lets the thing go on as before. A failure is logged. */
    void resume(SaveOccasion occasion) throws Exception;
}
