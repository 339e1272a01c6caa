package io.lodger.core.bundles.access;

import io.lodger.command.CommandContext;

/** The context of a call that came by a channel. */
public interface ChannelContext extends CommandContext {

    /** What the channel is called in the configuration. */
    String channel();
}
