package io.lodger.core.event;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.util.Optional;

@GuestCommand(name = "lodger-events", whileFrozen = true)
@Doc("Has this connection get a line when a job makes progress or ends, from after the reply until a sync, the byte 0xFF or its end.")
public final class Events implements Command<Events.Wish, Void> {

    private final EventFeed feed;

    public Events(EventFeed feed) {
        this.feed = feed;
    }

    /** What the host wants. */
    public record Wish(@Doc("Whether the events are wanted.") boolean enable) {
    }

    @Override
    public Void execute(Wish wish, CommandContext context) {
        ((EventContext) context).events(Optional.of(feed).filter(wanted -> wish.enable()));
        return null;
    }
}
