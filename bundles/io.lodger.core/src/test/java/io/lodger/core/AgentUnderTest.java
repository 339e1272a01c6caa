package io.lodger.core;

import io.lodger.command.Command;
import io.lodger.command.NoArguments;
import io.lodger.command.GuestCommand;
import io.lodger.core.ChannelConfiguration.Method;
import io.lodger.core.registry.CommandDescription;
import io.lodger.core.registry.CommandFacts;
import io.lodger.core.registry.CommandDescription.Origin;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand;
import io.lodger.core.registry.RegisteredCommand.Handling;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A whole agent on Unix sockets in a folder of the test's. */
public final class AgentUnderTest implements AutoCloseable {

    /** So long that a test which doesn't mean it never sees it pass. */
    public static final Duration NEVER = Duration.ofDays(1);
    public static final Duration SHORT = Duration.ofMillis(50);

    private final Path folder;
    private final Agent agent;

    private AgentUnderTest(Path folder, Agent agent) {
        this.folder = folder;
        this.agent = agent;
    }

    /** How an agent is to be. */
    public static final class Plan {

        private final Path folder;
        private Duration grace = NEVER;
        private Duration drainPatience = NEVER;
        private int workers = 4;
        private int channels = 1;
        private Optional<List<String>> allowed = Optional.empty();
        private List<String> blocked = List.of();

        private Plan(Path folder) {
            this.folder = folder;
        }

        public Plan grace(Duration newGrace) {
            grace = newGrace;
            return this;
        }

        public Plan drainPatience(Duration patience) {
            drainPatience = patience;
            return this;
        }

        public Plan workers(int count) {
            workers = count;
            return this;
        }

        public Plan channels(int count) {
            channels = count;
            return this;
        }

        public Plan allowed(String... names) {
            allowed = Optional.of(List.of(names));
            return this;
        }

        public Plan blocked(String... names) {
            blocked = List.of(names);
            return this;
        }

        /** Starts the agent as it is while its bundles are still starting. */
        public AgentUnderTest startUnready() throws IOException {
            var sockets = IntStream.range(0, channels)
                    .mapToObj(i -> new ChannelConfiguration("c" + i, Method.UNIX_LISTEN, folder.resolve("c" + i).toString())).toList();
            var configuration = new AgentConfiguration("1.2.3", sockets, false, folder, allowed, blocked, grace, workers);
            return new AgentUnderTest(folder, Agent.open(configuration, new CommandRegistry(drainPatience)));
        }

        public AgentUnderTest start() throws IOException {
            var started = startUnready();
            started.agent.ready();
            return started;
        }
    }

    public static Plan in(Path folder) {
        return new Plan(folder);
    }

    public Agent agent() {
        return agent;
    }

    /** Adds a command with the name and behaviour of one of the {@link Facts}. */
    public RegisteredCommand add(Class<?> facts, String bundle, Command<NoArguments, Object> command) {
        return add(facts, new Origin(bundle, "1.0.0"), command);
    }

    public RegisteredCommand add(Class<?> facts, Origin origin, Command<NoArguments, Object> command) {
        var declared = CommandFacts.of(facts.getAnnotation(GuestCommand.class));
        return agent.registry().add(new CommandDescription(AnyCommand.class, declared, origin), command, Handling.WORKER);
    }

    /** Says what the arguments and results of a command are whose own class, a lambda's, doesn't. */
    private interface AnyCommand extends Command<NoArguments, Object> {
    }

    /** Adds a command by its own class. */
    public RegisteredCommand add(Command<?, ?> command) {
        return agent.registry().add(CommandDescription.of(command.getClass(), new Origin("test", "1.0.0")), command, Handling.WORKER);
    }

    public Host connect() throws IOException {
        return connect(0);
    }

    public Host connect(int channel) throws IOException {
        return Host.connect(folder.resolve("c" + channel));
    }

    @Override
    public void close() {
        agent.close();
    }
}
