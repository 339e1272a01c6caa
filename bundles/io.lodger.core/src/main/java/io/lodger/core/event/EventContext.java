package io.lodger.core.event;

import io.lodger.command.CommandContext;
import java.util.Optional;

/** The context of a call that came by a connection. */
public interface EventContext extends CommandContext {

    /** Has that connection get the events of a feed, or none, once the reply to the call has been sent: never before it. */
    void events(Optional<EventFeed> feed);
}
