package io.lodger.core.dispatch;

import io.lodger.core.output.Outbox;
import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
import java.util.Optional;

/**
 * Something that a host is owed an answer to, in the order in which it came.
 *
 * @param to where the answer goes
 * @param request the request; empty where the answer is known already
 * @param answer the answer, where it is known already, as it is for what could not be read as a request
 * @param resynchronises whether the host waits to be in step again: commands before it don't keep it waiting for long
 * @param bytes how much memory it holds
 */
record Pending(Outbox to, Optional<Request> request, Optional<Reply> answer, boolean resynchronises, int bytes) {

    /** Ends the events of a connection whose host wants to be in step again: it may be another one than asked for them. */
    void stopEvents() {
        if (resynchronises) {
            to.events(Optional.empty());
        }
    }
}
