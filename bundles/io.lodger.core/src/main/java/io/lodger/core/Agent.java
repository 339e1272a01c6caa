package io.lodger.core;

import io.lodger.command.Command;
import io.lodger.core.builtin.Describe;
import io.lodger.core.builtin.Info;
import io.lodger.core.builtin.Ping;
import io.lodger.core.builtin.Sync;
import io.lodger.core.builtin.SyncDelimited;
import io.lodger.core.dispatch.Channel;
import io.lodger.core.dispatch.CommandPolicy;
import io.lodger.core.dispatch.Dispatcher;
import io.lodger.core.event.EventFeed;
import io.lodger.core.event.Events;
import io.lodger.core.execution.WorkerPool;
import io.lodger.core.health.Health;
import io.lodger.core.health.SafeMode;
import io.lodger.core.job.JobCancel;
import io.lodger.core.job.JobList;
import io.lodger.core.job.JobStatus;
import io.lodger.core.job.JobWait;
import io.lodger.core.job.Jobs;
import io.lodger.core.registry.CommandDescription.Origin;
import io.lodger.core.registry.CommandDescription;
import io.lodger.core.registry.CommandFacts;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand.Handling;
import io.lodger.core.registry.RegisteredCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The agent: its channels, open and answering, and the commands they lead to. Needs no OSGi framework; the framework brings it the
 * commands of the bundles once it is up, and until then the commands of the core answer alone.
 */
public final class Agent implements AutoCloseable {

    private final AgentConfiguration configuration;
    private final FrozenFile frozen;
    private final CommandRegistry registry;
    private final CommandPolicy policy;
    private final WorkerPool workers;
    private final Jobs jobs;
    private final SafeMode safeMode = new SafeMode();
    private final Health health;
    private final List<ServedChannel> channels = new ArrayList<>();

    private Agent(AgentConfiguration configuration, CommandRegistry registry) {
        this.configuration = configuration;
        this.registry = registry;
        frozen = new FrozenFile(configuration.stateDirectory());
        workers = new WorkerPool(configuration.workers());
        jobs = new Jobs(workers.clock());
        health = new Health(configuration.version(), registry, workers, jobs, frozen, safeMode);
        policy = new CommandPolicy(configuration.allowed(), configuration.blocked(), frozen);
        addImmediate(new Ping(), Ping.FACTS, Handling.IMMEDIATE);
        addImmediate(new Sync(), Sync.FACTS, Handling.SYNC);
        addImmediate(new SyncDelimited(), SyncDelimited.FACTS, Handling.SYNC_DELIMITED);
    }

    private void addImmediate(Command<?, ?> command, CommandFacts facts, Handling handling) {
        registry.add(new CommandDescription(command.getClass(), facts, origin()), command, handling);
    }

    /**
     * Opens all channels and answers on them.
     *
     * @throws IOException when a channel can't be opened and isn't to be tried again; nothing stays open then
     */
    public static Agent open(AgentConfiguration configuration) throws IOException {
        return open(configuration, new CommandRegistry());
    }

    /** The same with an empty registry of the caller's choice. */
    static Agent open(AgentConfiguration configuration, CommandRegistry registry) throws IOException {
        var agent = new Agent(configuration, registry);
        try {
            agent.openChannels();
            agent.addBuiltIn(new Info(configuration.version(), registry, agent.policy));
            agent.addBuiltIn(new Describe(registry));
            agent.addBuiltIn(agent.health, Handling.IMMEDIATE);
            agent.addBuiltIn(new JobList(agent.jobs), Handling.IMMEDIATE);
            agent.addBuiltIn(new JobStatus(agent.jobs), Handling.IMMEDIATE);
            agent.addBuiltIn(new JobWait(agent.jobs));
            agent.addBuiltIn(new JobCancel(agent.jobs));
            agent.addBuiltIn(new Events(new EventFeed(agent.jobs)));
            return agent;
        } catch (IOException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private void openChannels() throws IOException {
        var dispatcher = new Dispatcher(registry, policy, jobs);
        for (var channel : configuration.channels()) {
            channels.add(new ServedChannel(channel, configuration.retryPath(),
                    new Channel(channel.name(), dispatcher, workers, configuration.syncGrace())));
        }
    }

    /** Registers a command of the core's own that may take its time. */
    public RegisteredCommand addBuiltIn(Command<?, ?> command) {
        return addBuiltIn(command, Handling.WORKER);
    }

    private RegisteredCommand addBuiltIn(Command<?, ?> command, Handling handling) {
        return registry.add(CommandDescription.of(command.getClass(), origin()), command, handling);
    }

    private Origin origin() {
        return new Origin("io.lodger.core", configuration.version());
    }

    /** Says that all bundles the agent starts with are up: from here on an unknown command is answered as such at once. */
    public void ready() {
        registry.complete();
    }

    public CommandRegistry registry() {
        return registry;
    }

    public AgentConfiguration configuration() {
        return configuration;
    }

    /** The frozen state, for the service by which bundles reach it. */
    public FrozenFile frozenState() {
        return frozen;
    }

    /** Whether the added bundles were left out; told by {@code lodger-health}. */
    public SafeMode safeMode() {
        return safeMode;
    }

    public boolean isFrozen() {
        return frozen.isFrozen();
    }

    /** The names of all commands; complete once the agent is {@link #ready}. */
    public Set<String> commandNames() {
        return registry.all().stream().map(command -> command.description().name()).collect(Collectors.toSet());
    }

    /** Waits for the end of the main channel, but no longer than this; false when it goes on. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return channels.get(0).awaitEnd(patience);
    }

    /** Waits until the main channel, the first one configured, is broken for good. */
    public void awaitEnd() throws InterruptedException {
        channels.get(0).awaitEnd();
    }

    /** Hangs up everywhere and lets go of commands that still run. Returns at once, whatever they and the hosts do. */
    @Override
    public void close() {
        channels.forEach(ServedChannel::close);
        jobs.close();
        workers.close();
    }
}
