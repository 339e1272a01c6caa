package io.lodger.core.bundles.access;

import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import java.util.List;
import java.util.Optional;

/** Which channels may manage bundles. */
public final class Access {

    private final Optional<List<String>> channels;

    /** Access by these channels only; by all for an empty option. */
    public Access(Optional<List<String>> channels) {
        this.channels = channels;
    }

    /** The name of the channel by which a call of a command of the core's came. */
    public static String channel(CommandContext context) {
        return ((ChannelContext) context).channel();
    }

    /** Refuses calls by other channels. */
    public void require(CommandContext context) throws CommandException {
        var channel = channel(context);
        if (channels.isPresent() && !channels.get().contains(channel)) {
            throw new CommandException("The channel '" + channel + "' may not manage bundles; manage-channels in the configuration allows "
                    + String.join(", ", channels.get()));
        }
    }
}
