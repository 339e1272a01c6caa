package io.lodger.save.stream;

import java.nio.file.Path;
import java.util.Optional;

/** A stream between a helper and the host, on a pipe of its own. */
public sealed interface DataStream permits OutgoingStream, IncomingStream {

    /** Where the helper opens it. */
    Path helperEnd();

    /** The job has begun, and will say how its helper ended. One that is cancelled before it begins never does. */
    void begun();

    /** The helper has opened it. */
    void connected();

    /** Why it can't go on, when the host has done nothing with it for too long. */
    Optional<String> complaint();

    /** The helper has ended; with a reason when that was no good end. */
    void helperEnded(Optional<String> failure);
}
