package io.lodger.ctl.fleet;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.Target;
import io.lodger.ctl.verb.Failure;
import io.lodger.ctl.verb.UsageException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does one thing with several agents, each by itself. */
final class Fleet {
    private final FleetOptions options;
    private final Duration wait;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** What is done with one of them. */
    @FunctionalInterface
    interface Work<T> {
        T on(Agent agent) throws AgentErrorException, IOException, UsageException;
    }

    /** @param wait how long a call may take; zero is for ever */
    Fleet(FleetOptions options, Duration wait) {
        this.options = options;
        this.wait = wait;
    }

    /** Goes through all of them; the outcomes are in the order of the targets. */
    <T> List<GuestOutcome<T>> carryOut(List<Target> targets, Work<T> work) {
        var outcomes = new ArrayList<GuestOutcome<T>>();
        var canaries = Math.min(options.canaries(), targets.size());
        for (var target : targets.subList(0, canaries)) {
            outcomes.add(attempt(target, work));
        }
        var others = targets.subList(canaries, targets.size());
        var threads = Executors.newFixedThreadPool(Math.min(options.parallel(), Math.max(1, others.size())));
        try {
            var running = new ArrayList<Future<GuestOutcome<T>>>();
            others.forEach(target -> running.add(threads.submit(() -> attempt(target, work))));
            for (var one : running) {
                outcomes.add(one.get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            threads.shutdownNow();
        }
    }

    private <T> GuestOutcome<T> attempt(Target target, Work<T> work) {
        if (stopped.get()) {
            return GuestOutcome.skipped(target.name());
        }
        var start = System.nanoTime();
        try (var agent = new Agent(target, wait)) {
            return new GuestOutcome<>(target.name(), Optional.of(work.on(agent)), Optional.empty(), since(start));
        } catch (UsageException | AgentErrorException | IOException | CancellationException e) {
            stopped.compareAndSet(false, options.stopsAtFailure());
            var failure = Failure.of(e).orElseThrow(() -> new IllegalStateException(e));
            return new GuestOutcome<>(target.name(), Optional.empty(), Optional.of(failure), since(start));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
