package io.lodger.core.dispatch;

import io.lodger.core.execution.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The time that a channel's running command still gets once the host wants to be in step again, and the end of it: the command is
 * cancelled. What takes no time needs none. To be called while the channel is locked.
 */
final class Grace {

    private final Channel channel;
    private final Clock clock;
    private final Duration length;
    private Future<?> running;

    Grace(Channel channel, Clock clock, Duration length) {
        this.channel = channel;
        this.clock = clock;
        this.length = length;
    }

    /** Lets the time begin for a call that keeps a sync waiting, unless it has begun already. */
    void begin(Call call) {
        if (running == null && !isImmediate(call)) {
            running = clock.after(length, () -> {
                if (call.command().map(command -> command.description().facts().cancelledBySync()).orElse(true)) {
                    cancel(call, "a sync waited behind it for " + length.toMillis() + " ms");
                }
            });
        }
    }

    /** Cancels a call that the host has given up with the byte 0xFF, once it has run for this time altogether. */
    void giveUp(Call call) {
        if (!isImmediate(call)) {
            var age = call.age();
            var left = age.compareTo(length) < 0 ? length.minus(age) : Duration.ZERO;
            clock.after(left, () -> cancel(call, "the host sent 0xFF"));
        }
    }

    /** Forgets what was begun, for its command is no longer the one that keeps the sync waiting. */
    void forget() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }

    private boolean isImmediate(Call call) {
        return channel.dispatcher().isImmediate(call.request());
    }

    private void cancel(Call call, String reason) {
        // Detached first: once it knows that it is cancelled it may end at once, and its reply is not wanted any more.
        if (channel.detach(call, Optional.empty())) {
            call.cancel("The command was cancelled: " + reason);
        }
    }
}
