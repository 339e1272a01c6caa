package io.lodger.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the core is told when it starts.
 *
 * @param version what {@code guest-info} gives as the agent's version
 * @param channels the channels to open; none for an agent that only tells which commands it has
 * @param retryPath whether a channel that can't be opened, or breaks, is opened again after a while instead of ending the agent
 * @param stateDirectory where the state that outlives the agent is kept
 * @param allowed the names of the only commands that are allowed; empty option for all
 * @param blocked the names of commands that are not allowed, taken off the allowed ones
 * @param syncGrace how long a running command may go on once a {@code guest-sync} waits behind it
 * @param workers how many commands may run at a time, over all channels
 * @param requireSignature whether only signed bundles may be added; this version can check no signature, so it then adds none
 */
public record AgentConfiguration(
        String version,
        List<ChannelConfiguration> channels,
        boolean retryPath,
        Path stateDirectory,
        Optional<List<String>> allowed,
        List<String> blocked,
        Duration syncGrace,
        int workers) {
}
