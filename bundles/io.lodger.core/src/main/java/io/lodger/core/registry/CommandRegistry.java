package io.lodger.core.registry;

import io.lodger.command.Command;
import io.lodger.core.registry.RegisteredCommand.Handling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Version;

/**
 * All commands by name. Where several bundles bring a command of one name, the one that came first serves it and the others wait
 * for it to go; but a higher version of the same bundle takes over at once.
 */
public final class CommandRegistry {

    /** How long the calls of a command that goes away may take to end before the agent lets go of them. */
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(5);

    private final Map<String, List<RegisteredCommand>> candidates = new TreeMap<>();
    private final Duration drainPatience;

    /** The first candidate for each name: what each request asks for, without waiting for those who bring and take commands. */
    private volatile Map<String, RegisteredCommand> serving = Map.of();
    private volatile boolean complete;

    /** An empty registry that waits five seconds for the calls of a command that goes away. */
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
            var same = candidates.computeIfAbsent(description.name(), name -> new ArrayList<>());
            same.add(placeOf(description.origin(), same), added);
            if (same.size() > 1) {
                report(same);
            }
            publish();
        }
        return added;
    }

    private void publish() {
        var first = new HashMap<String, RegisteredCommand>();
        candidates.forEach((name, same) -> first.put(name, same.get(0)));
        serving = first;
        notifyAll();
    }

    private static int placeOf(CommandDescription.Origin origin, List<RegisteredCommand> same) {
        for (int i = 0; i < same.size(); i++) {
            var other = same.get(i).description().origin();
            if (other.bundle().equals(origin.bundle())
                    && Version.parseVersion(origin.version()).compareTo(Version.parseVersion(other.version())) > 0) {
                return i;
            }
        }
        return same.size();
    }

    private static void report(List<RegisteredCommand> same) {
        var serving = same.get(0).description();
        for (var waiting : same.subList(1, same.size())) {
            var origin = waiting.description().origin();
            var level = origin.bundle().equals(serving.origin().bundle()) ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
            log().log(level, "command {0} is in {1} {2} and in {3} {4}; the first serves it", serving.name(),
                    serving.origin().bundle(), serving.origin().version(), origin.bundle(), origin.version());
        }
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
        return candidates.values().stream().map(same -> same.get(0)).toList();
    }

    /** Says that every bundle the agent starts with is up: what is unknown now is really unknown. */
    public synchronized void complete() {
        complete = true;
        notifyAll();
    }

    public boolean isComplete() {
        return complete;
    }

    /**
     * Waits until a command of this name is there, or all bundles are up, or the time is over.
     *
     * @param name the command that is waited for; empty to wait for all bundles
     */
    public synchronized void awaitStart(Optional<String> name, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); !complete && name.filter(candidates::containsKey).isEmpty() && left > 0;
                left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(CommandRegistry.class.getName());
    }
}
