package io.lodger.core.bundles.change;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.store.BundleStore;
import io.lodger.core.bundles.store.StoredBundle;
import io.lodger.core.bundles.wiring.Components;
import io.lodger.core.bundles.wiring.Components.Promise;
import io.lodger.core.bundles.wiring.InstalledBundles;
import io.lodger.core.bundles.wiring.Launch;
import io.lodger.core.bundles.wiring.Rules;
import io.lodger.core.registry.CommandDescription.Origin;
import io.lodger.core.registry.CommandRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;

/**
 * Brings one addition into the framework in place of another: install, resolve, let running calls end, start, wait for the commands,
 * commit. When a step fails those before it are taken back, and everything is as it was.
 *
 * <p>Up to the point at which everything new is resolved nothing that runs is touched. From there to the end, requests for the commands
 * concerned wait.
 */
final class Change {

    /** How long calls that run may go on before they are cancelled. */
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(10);

    private final BundleStore store;
    private final InstalledBundles installed;
    private final CommandRegistry registry;
    private final Rules rules;
    private final Launch launch;

    Change(BundleStore store, InstalledBundles installed, CommandRegistry registry) {
        this.store = store;
        this.installed = installed;
        this.registry = registry;
        rules = new Rules(installed, registry);
        launch = new Launch(installed, registry);
    }

    /** What makes a change last. */
    interface Commit {
        void run() throws IOException;
    }

    /** Takes bundles out and brings others in; those that are in both lists are left alone. */
    void replace(List<StoredBundle> before, List<StoredBundle> after, Commit commit)
            throws CommandException, IOException, InterruptedException {
        var going = before.stream().filter(bundle -> !after.contains(bundle) && installed(bundle).isPresent()).toList();
        var coming = after.stream().filter(bundle -> installed(bundle).isEmpty()).toList();
        var old = going.stream().map(bundle -> installed(bundle).orElseThrow()).toList();
        checkDependents(old, coming);
        var fresh = prepare(coming);
        var superseded = features(coming);
        try {
            registry.expect(commands(old, fresh, superseded));
            exchange(old, superseded, fresh);
            startFeatures(going, coming);
            commit.run();
        } catch (CommandException | IOException | InterruptedException | RuntimeException e) {
            throw takenBack(e, fresh, going, superseded);
        } finally {
            registry.expectNone();
        }
    }

    private Optional<Bundle> installed(StoredBundle bundle) {
        return installed.added(store.jar(bundle.sha256()));
    }

    /** A bundle that others need may be replaced, but not taken away. */
    private void checkDependents(List<Bundle> old, List<StoredBundle> coming) throws CommandException {
        for (var bundle : old) {
            boolean replaced = coming.stream().anyMatch(other -> other.symbolicName().equals(bundle.getSymbolicName()));
            var dependents = installed.dependents(old);
            if (!replaced && !dependents.isEmpty()) {
                throw new CommandException(InstalledBundles.name(dependents.get(0)) + " needs what " + InstalledBundles.name(bundle)
                        + " offers; that has to go first");
            }
        }
    }

    private void exchange(List<Bundle> old, List<Bundle> superseded, List<Bundle> fresh)
            throws CommandException, IOException, InterruptedException {
        retire(old);
        retire(superseded);
        installed.remove(old);
        for (var feature : superseded) {
            installed.stop(feature);
        }
        launch.start(fresh);
    }

    /** Undoes what was done. A step that fails here is told along with what failed first. */
    private CommandException takenBack(Exception failure, List<Bundle> fresh, List<StoredBundle> gone, List<Bundle> superseded) {
        var text = new StringBuilder(failure instanceof IOException ? "The change can't be stored (" + failure.getMessage() + ")"
                : String.valueOf(failure.getMessage()));
        try {
            installed.remove(fresh);
        } catch (CommandException e) {
            text.append("; ").append(e.getMessage());
        }
        try {
            for (var feature : features(gone)) {
                installed.stop(feature);
            }
            launch.start(prepare(gone.stream().filter(bundle -> installed(bundle).isEmpty()).toList()));
            for (var feature : superseded) {
                installed.start(feature);
            }
        } catch (CommandException | IOException | InterruptedException e) {
            text.append("; and what was there before could not be brought back: ").append(e.getMessage());
        }
        return new CommandException(text.toString());
    }

    /** Brings bundles in, up to the point before any of their code runs. */
    private List<Bundle> prepare(List<StoredBundle> bundles) throws CommandException, IOException {
        var fresh = new ArrayList<Bundle>();
        try {
            for (var bundle : bundles) {
                var added = installed.install(bundle.toString(), store.jar(bundle.sha256()));
                fresh.add(added);
                check(bundle, added);
            }
            installed.resolve(fresh);
            return fresh;
        } catch (CommandException | IOException | RuntimeException e) {
            installed.remove(fresh);
            throw e;
        }
    }

    private void check(StoredBundle stored, Bundle bundle) throws CommandException, IOException {
        if (!stored.symbolicName().equals(bundle.getSymbolicName()) || !stored.version().equals(bundle.getVersion())) {
            throw new CommandException(stored + " is refused: the framework reads its manifest as that of "
                    + InstalledBundles.name(bundle));
        }
        var feature = installed.feature(stored.symbolicName());
        if (feature.isPresent() && feature.get().getVersion().compareTo(stored.version()) >= 0) {
            throw new CommandException(InstalledBundles.name(feature.get()) + " came with the agent; only a higher version than that can "
                    + "take over from it, and this is " + stored.version());
        }
        rules.check(bundle, Components.promises(bundle));
    }

    private void retire(List<Bundle> bundles) {
        for (var bundle : bundles) {
            registry.retire(new Origin(bundle.getSymbolicName(), bundle.getVersion().toString()), DRAIN_PATIENCE);
        }
    }

    private Set<String> commands(List<Bundle> old, List<Bundle> fresh, List<Bundle> superseded) throws CommandException, IOException {
        var names = new HashSet<String>();
        for (var bundles : List.of(old, fresh, superseded)) {
            for (var bundle : bundles) {
                Components.promises(bundle).stream().map(Promise::command).forEach(names::add);
            }
        }
        return names;
    }

    /** The features' bundles that these supersede, as far as they run. */
    private List<Bundle> features(List<StoredBundle> bundles) {
        return bundles.stream().flatMap(bundle -> installed.feature(bundle.symbolicName()).stream())
                .filter(feature -> feature.getState() == Bundle.ACTIVE).toList();
    }

    /** Has features' bundles serve again whose place nobody takes any more. */
    private void startFeatures(List<StoredBundle> gone, List<StoredBundle> come) throws CommandException {
        for (var bundle : gone) {
            var feature = installed.feature(bundle.symbolicName());
            boolean replaced = come.stream().anyMatch(other -> other.symbolicName().equals(bundle.symbolicName()));
            if (feature.isPresent() && !replaced && feature.get().getState() != Bundle.ACTIVE) {
                installed.start(feature.get());
            }
        }
    }
}
