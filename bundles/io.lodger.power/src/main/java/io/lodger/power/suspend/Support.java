package io.lodger.power.suspend;

import io.lodger.command.Doc;
import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the machine can be suspended to a target, and how. */
public record Support(
        @Doc("Whether there is a strategy against which nothing speaks.") boolean supported,
        @Doc("The strategy that would be tried first; missing where there is none.") Optional<String> strategy,
        @Doc("What speaks against the others, in the order in which they are asked.") List<Obstacle> obstacles) {

    /** What speaks against a strategy. */
    public record Obstacle(
            @Doc("The strategy.") String strategy,
            @Doc("Why it can't suspend the machine now.") String reason) {
    }

    /** Asks all strategies, and changes nothing. */
    public static Support of(List<SuspendStrategy> strategies, SuspendTarget target) throws InterruptedException {
        Optional<String> first = Optional.empty();
        var obstacles = new ArrayList<Obstacle>();
        for (var strategy : strategies) {
            var reason = obstacle(strategy, target);
            if (reason.isEmpty()) {
                first = first.or(() -> Optional.of(strategy.name()));
            } else {
                obstacles.add(new Obstacle(strategy.name(), reason.get()));
            }
        }
        return new Support(first.isPresent(), first, obstacles);
    }

    /** Asks one strategy; that it can't say is a reason as well. */
    static Optional<String> obstacle(SuspendStrategy strategy, SuspendTarget target) throws InterruptedException {
        try {
            return strategy.obstacle(target);
        } catch (IOException | RuntimeException | LinkageError e) {
            return Optional.of(reason(e));
        }
    }

    /** What a failure says, or what it is where it says nothing. */
    static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    }

    /** The sentence with which a suspend is refused, in the words of qemu-ga and with the reasons that it doesn't give. */
    String refusal() {
        return refusal(obstacles.stream().map(obstacle -> obstacle.strategy() + ": " + obstacle.reason()).collect(Collectors.toList()));
    }

    static String refusal(List<String> reasons) {
        return "the requested suspend mode is not supported by the guest: "
                + (reasons.isEmpty() ? "there is no strategy" : String.join("; ", reasons));
    }
}
