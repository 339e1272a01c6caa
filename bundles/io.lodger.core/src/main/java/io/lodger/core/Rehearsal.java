package io.lodger.core;

import io.lodger.core.builtin.Ping;
import io.lodger.core.dispatch.Channel;
import io.lodger.core.dispatch.CommandPolicy;
import io.lodger.core.dispatch.Conversation;
import io.lodger.core.dispatch.Dispatcher;
import io.lodger.core.execution.WorkerPool;
import io.lodger.core.job.Jobs;
import io.lodger.core.registry.CommandDescription.Origin;
import io.lodger.core.registry.CommandDescription;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand.Handling;
import io.lodger.core.transport.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A ping to nobody, on its way through all that answers one: what it takes to load that code, a fifth of the time to the first
 * answer, then passes while another thread still reads the configuration and opens the channels.
 */
public final class Rehearsal implements Connection {

    private final ByteBuffer request = ByteBuffer.wrap("{\"execute\": \"guest-ping\"}".getBytes(StandardCharsets.US_ASCII));

    private Rehearsal() {
    }

    /** Sends the ping and waits for its answer. Starts no thread, opens nothing and leaves nothing behind. */
    public static void perform() throws IOException, InterruptedException {
        var registry = new CommandRegistry();
        registry.add(new CommandDescription(Ping.class, Ping.FACTS, new Origin("", "0.0.0")), new Ping(), Handling.IMMEDIATE);
        registry.complete();
        var policy = new CommandPolicy(Optional.empty(), List.of(), new FrozenFile(Path.of("/nowhere")));
        try (var workers = new WorkerPool(1)) {
            var channel = new Channel(new Dispatcher(registry, policy, new Jobs(workers.clock())), workers, Duration.ZERO);
            new Conversation(channel, new Rehearsal()).run();
        }
    }

    @Override
    public int read(ByteBuffer into) {
        int count = request.remaining();
        into.put(request);
        return count == 0 ? -1 : count;
    }

    @Override
    public int write(ByteBuffer from) {
        int count = from.remaining();
        from.position(from.limit());
        return count;
    }

    @Override
    public boolean awaitWritable(Duration timeout) {
        return true;
    }

    @Override
    public void close() {
        // There is nobody to hang up on.
    }
}
