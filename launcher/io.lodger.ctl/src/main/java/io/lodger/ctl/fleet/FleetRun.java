package io.lodger.ctl.fleet;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lodger.ctl.agent.Target;
import io.lodger.ctl.bundle.BundleChange;
import io.lodger.ctl.bundle.Change;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.text.Table;
import io.lodger.ctl.verb.Failure;
import io.lodger.ctl.verb.Verb;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Runs a verb for several agents, and shows what became of each: a change as a line of a table, all else below the guest's name. */
public final class FleetRun {
    private final Fleet fleet;
    private final List<Target> targets;

    /** @param wait how long a call may take; zero is for ever */
    public FleetRun(FleetOptions options, Duration wait, List<Target> targets) {
        fleet = new Fleet(options, wait);
        this.targets = targets;
    }

    /** Runs it and gives the exit code. */
    public int run(Verb verb, Screen screen) {
        return verb instanceof Change change ? change(change, screen) : show(verb, screen);
    }

    private int change(Change change, Screen screen) {
        var outcomes = fleet.carryOut(targets, agent -> change.change(agent, screen.progress()));
        if (screen.isJson()) {
            json(outcomes, screen, (entry, changes) -> {
                var array = new JsonArray();
                changes.forEach(one -> array.add(one.json()));
                entry.add("changes", array);
            });
            return exitCode(outcomes);
        }
        var table = new Table("GUEST", "OUTCOME", "BUNDLE", "BEFORE", "AFTER", ">TIME");
        for (var outcome : outcomes) {
            for (var one : outcome.result().filter(changes -> !changes.isEmpty()).orElse(List.of(BundleChange.NOTHING))) {
                table.row(outcome.guest(), outcome.word(), one.symbolicName(), one.from(), one.to(), time(outcome));
            }
        }
        screen.table(table);
        outcomes.forEach(outcome -> outcome.failure().ifPresent(failure -> screen.line(outcome.guest() + ": " + failure.text())));
        return exitCode(outcomes);
    }

    /** What a verb says is taken down for each guest, because they say it all at once. */
    private int show(Verb verb, Screen screen) {
        var outcomes = fleet.carryOut(targets, agent -> {
            var said = new StringWriter();
            verb.run(agent, new Screen(new PrintWriter(said), screen.isJson()));
            return said.toString();
        });
        if (screen.isJson()) {
            json(outcomes, screen, (entry, said) -> entry.add("result", JsonParser.parseString(said)));
            return exitCode(outcomes);
        }
        for (var outcome : outcomes) {
            screen.line("==> " + outcome.guest() + ": " + outcome.word() + ", " + time(outcome));
            outcome.failure().ifPresent(failure -> screen.line(failure.text()));
            // Made printable already, line by line.
            outcome.result().ifPresent(said -> said.lines().forEach(screen::line));
        }
        return exitCode(outcomes);
    }

    private static <T> void json(List<GuestOutcome<T>> outcomes, Screen screen, BiConsumer<JsonObject, T> addResult) {
        var array = new JsonArray();
        for (var outcome : outcomes) {
            var entry = new JsonObject();
            entry.addProperty("guest", outcome.guest());
            entry.addProperty("outcome", outcome.word());
            entry.addProperty("seconds", outcome.seconds());
            outcome.result().ifPresent(result -> addResult.accept(entry, result));
            outcome.failure().ifPresent(failure -> entry.add("error", failure.json()));
            array.add(entry);
        }
        screen.json(array);
    }

    private static String time(GuestOutcome<?> outcome) {
        return String.format(Locale.ROOT, "%.1f s", outcome.seconds());
    }

    private static int exitCode(List<? extends GuestOutcome<?>> outcomes) {
        return outcomes.stream().allMatch(outcome -> outcome.result().isPresent()) ? 0 : Failure.NOT_ALL;
    }
}
