package io.lodger.core.health;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.FrozenState;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import io.lodger.core.execution.WorkerPool;
import io.lodger.core.health.HealthFacts.CommandHealth;
import io.lodger.core.health.HealthFacts.LeakedThread;
import io.lodger.core.health.HealthFacts.Running;
import io.lodger.core.health.HealthFacts.Threads;
import io.lodger.core.job.Jobs;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand;
import io.lodger.core.registry.RegisteredCommand.Handling;
import io.lodger.core.registry.RunningCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

@GuestCommand(name = "lodger-health", whileFrozen = true)
@Doc("Tells whether the agent and its bundles are well, and what has become of each command's calls.")
public final class Health implements Command<NoArguments, HealthFacts> {

    private final String version;
    private final CommandRegistry registry;
    private final WorkerPool workers;
    private final Jobs jobs;
    private final FrozenState frozen;
    private final SafeMode safeMode;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();

    /** The health of an agent that was started now. */
    public Health(String version, CommandRegistry registry, WorkerPool workers, Jobs jobs, FrozenState frozen, SafeMode safeMode) {
        this.version = version;
        this.registry = registry;
        this.workers = workers;
        this.jobs = jobs;
        this.frozen = frozen;
        this.safeMode = safeMode;
    }

    @Override
    public HealthFacts execute(NoArguments none, CommandContext context) {
        var commands = registry.all().stream().filter(command -> command.counts().begun() > 0).map(Health::health).toList();
        var leaked = LeakedThreads.find();
        var problems = problems(commands, leaked);
        return new HealthFacts(problems.isEmpty(), problems, version, started.truncatedTo(ChronoUnit.MILLIS).toString(),
                Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds(), safeMode.reason().isPresent(), frozen.isFrozen(),
                new Threads(workers.busy() - passing(), workers.size()), new Threads(jobs.running(), Jobs.RUNNING_LIMIT), commands, leaked);
    }

    /** How many workers are about to be free again: those that answer what takes no time, as this command itself. */
    private int passing() {
        return registry.all().stream().filter(command -> command.handling() != Handling.WORKER)
                .mapToInt(RegisteredCommand::workersHeld).sum();
    }

    private static CommandHealth health(RegisteredCommand command) {
        var origin = command.description().origin();
        var counts = command.counts();
        var calls = command.handling() == Handling.WORKER ? command.running() : List.<RunningCall>of();
        var running = calls.stream().map(call -> new Running(call.isJob(), call.age().toSeconds(), call.isOverdue())).toList();
        return new CommandHealth(command.description().name(), origin.bundle(), origin.version(), counts.begun(), counts.failures(),
                counts.cancelled(), counts.errors(), running);
    }

    private List<String> problems(List<CommandHealth> commands, List<LeakedThread> leaked) {
        var problems = new ArrayList<String>();
        safeMode.reason().ifPresent(problems::add);
        var holding = registry.all().stream()
                .filter(command -> command.handling() == Handling.WORKER && command.workersHeld() > 0).toList();
        if (holding.stream().mapToInt(RegisteredCommand::workersHeld).sum() >= workers.size()) {
            problems.add("All " + workers.size() + " workers are taken by commands that still run: "
                    + holding.stream().map(held -> held.description().name()).collect(Collectors.joining(", ")));
        }
        if (jobs.running() >= Jobs.RUNNING_LIMIT) {
            problems.add("As many jobs run as may: " + Jobs.RUNNING_LIMIT);
        }
        for (var command : commands) {
            var name = command.name() + " of " + command.bundle() + " " + command.bundleVersion();
            if (command.errors() > 0) {
                problems.add(name + " has thrown " + command.errors() + " errors of the Java machine; the log has their stacks");
            }
            long overdue = command.running().stream().filter(Running::overdue).count();
            if (overdue > 0) {
                problems.add(overdue + " calls or jobs of " + name + " were asked to end and still run");
            }
        }
        for (var thread : leaked) {
            problems.add("Thread " + thread.thread() + " of " + thread.bundle() + " " + thread.bundleVersion()
                    + " is still there though that is gone");
        }
        return problems;
    }
}
