package io.lodger.save.operation;

import io.lodger.command.CommandException;
import io.lodger.save.criu.CriuEngine;
import io.lodger.save.engine.SaveEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The engines, those of other bundles as they come and go among our own. */
@Component(service = Engines.class)
public final class Engines {

    private static final String RANKING = "service.ranking";
    private static final String ID = "service.id";

    private static final Comparator<Ranked> ORDER = Comparator.comparingInt(Ranked::ranking).reversed().thenComparingLong(Ranked::id);

    private final Ranked criu = new Ranked(0, 0, new CriuEngine());
    private final List<Ranked> others = new ArrayList<>();
    private final List<Use> uses = new ArrayList<>();

    private record Ranked(int ranking, long id, SaveEngine engine) {
    }

    /** Somebody for whom an engine works. */
    private record Use(SaveEngine engine, Runnable gone) {
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bind(SaveEngine engine, Map<String, Object> properties) {
        others.add(new Ranked(properties.get(RANKING) instanceof Integer ranking ? ranking : 0,
                properties.get(ID) instanceof Long id ? id : Long.MAX_VALUE, engine));
        others.sort(ORDER);
    }

    void unbind(SaveEngine engine) {
        List<Use> broken;
        synchronized (this) {
            others.removeIf(one -> one.engine() == engine);
            broken = uses.stream().filter(use -> use.engine() == engine).toList();
        }
        broken.forEach(use -> use.gone().run());
    }

    /** Those that there are now, the best first. */
    public synchronized List<SaveEngine> all() {
        var own = CriuEngine.program().isPresent() ? Stream.of(criu) : Stream.<Ranked>empty();
        return Stream.concat(others.stream(), own).sorted(ORDER).map(Ranked::engine).toList();
    }

    /**
     * The engine of a name; without a name the best that can work here.
     *
     * @throws CommandException when there is none, or it can't work here; the message says why
     */
    SaveEngine find(Optional<String> name) throws CommandException, InterruptedException {
        var all = all();
        if (name.isEmpty()) {
            return firstThatWorks(all);
        }
        var engine = all.stream().filter(one -> one.name().equals(name.get())).findFirst()
                .orElseThrow(() -> new CommandException("There is no engine '" + name.get() + "'" + offer(all)));
        var obstacle = obstacle(engine);
        if (obstacle.isPresent()) {
            throw new CommandException("The engine '" + engine.name() + "' can't work here: " + obstacle.get());
        }
        return engine;
    }

    private static SaveEngine firstThatWorks(List<SaveEngine> all) throws CommandException, InterruptedException {
        var reasons = new ArrayList<String>();
        for (var engine : all) {
            var obstacle = obstacle(engine);
            if (obstacle.isEmpty()) {
                return engine;
            }
            reasons.add(engine.name() + ": " + obstacle.get());
        }
        throw new CommandException("There is no engine that can work here" + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)));
    }

    private static String offer(List<SaveEngine> all) {
        return all.isEmpty() ? "; there is none at all"
                : "; there is: " + all.stream().map(SaveEngine::name).collect(Collectors.joining(", "));
    }

    /** Why an engine can't work here; that it can't say is a reason as well. */
    public static Optional<String> obstacle(SaveEngine engine) throws InterruptedException {
        try {
            return engine.obstacle();
        } catch (IOException | RuntimeException | LinkageError e) {
            return Optional.of(e.getMessage() == null ? e.getClass().getName() : e.getMessage());
        }
    }

    /**
     * Notes that an engine works for somebody.
     *
     * @param gone runs when the engine is taken away meanwhile
     * @return what is to be closed at the end
     */
    synchronized EngineUse use(SaveEngine engine, Runnable gone) {
        var use = new Use(engine, gone);
        uses.add(use);
        return () -> {
            synchronized (this) {
                uses.remove(use);
            }
        };
    }
}
