package io.lodger.core.registry;

import io.lodger.command.Command;
import io.lodger.core.registry.RegisteredCommand.Handling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** All commands by name. Where several bundles bring a command of one name, one of the {@link Candidates} serves it. */
public final class CommandRegistry {

    /** How long the calls of a command that goes away may take to end before the agent lets go of them. */
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Candidates> candidates = new TreeMap<>();
    private final Duration drainPatience;

    /** The first candidate for each name: what each request asks for, without waiting for those who bring and take commands. */
    private volatile Map<String, RegisteredCommand> serving = Map.of();
    /** Names of commands that a change of bundles has taken away for a moment. */
    private volatile Set<String> expected = Set.of();
    private volatile boolean complete;

    /** The same that waits five seconds for them. */
    public CommandRegistry() {
        this(DRAIN_PATIENCE);
    }

    /**
     * An empty registry.
     *
     * @param drainPatience how long the calls of a command that goes away may take to end
     */
    public CommandRegistry(Duration drainPatience) {
        this.drainPatience = drainPatience;
    }

    /**
     * Registers a command.
     *
     * @param handling what the core grants to it; {@link Handling#WORKER} for every command that isn't the core's own
     */
    public RegisteredCommand add(CommandDescription description, Command<?, ?> command, Handling handling) {
        var added = new RegisteredCommand(description, command, handling);
        synchronized (this) {
            candidates.computeIfAbsent(description.name(), name -> new Candidates()).add(added);
            publish();
        }
        return added;
    }

    private void publish() {
        var first = new HashMap<String, RegisteredCommand>();
        candidates.forEach((name, same) -> same.open().ifPresent(command -> first.put(name, command)));
        serving = first;
        notifyAll();
    }

    /** Takes a command away: no new call reaches it, and those that run are asked to end and waited for, within bounds. */
    public void remove(RegisteredCommand command) {
        var name = command.description().name();
        synchronized (this) {
            var same = candidates.get(name);
            if (same == null || !same.remove(command)) {
                return;
            }
            if (same.isEmpty()) {
                candidates.remove(name);
            }
            publish();
        }
        command.drain(drainPatience);
    }

    /** The command that serves a name. */
    public Optional<RegisteredCommand> find(String name) {
        return Optional.ofNullable(serving.get(name));
    }

    /** The commands that serve, by their names' order. */
    public synchronized List<RegisteredCommand> all() {
        return candidates.values().stream().map(Candidates::first).toList();
    }

    /** Says that every bundle the agent starts with is up: what is unknown now is really unknown. */
    public synchronized void complete() {
        complete = true;
        notifyAll();
    }

    public boolean isComplete() {
        return complete;
    }

    /** Whether a command that isn't there may be there soon: not all bundles are up yet, or one is just being changed. */
    public boolean mayCome(String name) {
        return !complete || expected.contains(name);
    }

    /** Has requests for commands that aren't there wait for them until {@link #expectNone}. For one change of bundles at a time. */
    public synchronized void expect(Collection<String> names) {
        expected = Set.copyOf(names);
    }

    /** Ends what {@link #expect} began: what isn't there now is answered as such. */
    public synchronized void expectNone() {
        expected = Set.of();
        notifyAll();
    }

    /**
     * Lets no new call into the commands of a bundle, and waits for those that run to end by themselves. Those that haven't ended in
     * time are asked to, once the commands are {@link #remove removed}.
     */
    public void retire(CommandDescription.Origin origin, Duration patience) {
        var retired = new ArrayList<RegisteredCommand>();
        synchronized (this) {
            candidates.values().forEach(same -> same.of(origin).forEach(retired::add));
            retired.forEach(RegisteredCommand::close);
            publish();
        }
        long deadline = System.nanoTime() + patience.toNanos();
        retired.forEach(command -> command.awaitEnd(Duration.ofNanos(deadline - System.nanoTime())));
    }

    /** Whether all of these commands are served by this bundle, now or within this time. */
    public synchronized boolean awaitServing(Collection<String> names, CommandDescription.Origin origin, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); !isServing(names, origin) && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return isServing(names, origin);
    }

    private boolean isServing(Collection<String> names, CommandDescription.Origin origin) {
        return names.stream().allMatch(name -> find(name).filter(command -> command.description().origin().equals(origin)).isPresent());
    }

    /** A command of this bundle that another bundle serves, because it came first. */
    public synchronized Optional<String> shadowed(CommandDescription.Origin origin) {
        return candidates.values().stream().filter(same -> same.of(origin).anyMatch(command -> command != same.first()))
                .map(same -> same.first().description().name()).findFirst();
    }

    /**
     * Waits until a command of this name is there, or all bundles are up, or the time is over.
     *
     * @param name the command that is waited for; empty to wait for all bundles
     */
    public synchronized void awaitStart(Optional<String> name, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); isWorthWaiting(name) && left > 0;
                left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    private boolean isWorthWaiting(Optional<String> name) {
        return name.map(known -> find(known).isEmpty() && mayCome(known)).orElse(!complete);
    }
}
