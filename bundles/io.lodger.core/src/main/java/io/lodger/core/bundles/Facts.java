package io.lodger.core.bundles;

import io.lodger.core.bundles.BundleFacts.Origin;
import io.lodger.core.bundles.BundleFacts.State;
import io.lodger.core.bundles.change.AddedBundles;
import io.lodger.core.bundles.store.Addition;
import io.lodger.core.bundles.store.StoredBundle;
import io.lodger.core.registry.CommandRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Collects what is known of bundles. */
final class Facts {

    private final AddedBundles added;
    private final CommandRegistry registry;

    Facts(AddedBundles added, CommandRegistry registry) {
        this.added = added;
        this.registry = registry;
    }

    /** Of all bundles: those that came with the agent first. */
    List<BundleFacts> all() {
        return Stream.concat(added.features().stream().map(this::ofFeature),
                added.all().stream().flatMap(addition -> of(addition).stream())).toList();
    }

    /** Of all bundles of an addition. */
    List<BundleFacts> of(Addition addition) {
        return addition.bundles().stream().map(bundle -> of(addition, bundle)).toList();
    }

    /** Of the bundle of this name, whichever serves. */
    BundleFacts named(String name) {
        return added.all().stream().filter(addition -> addition.isNamed(name))
                .map(addition -> of(addition, addition.bundle(name).orElse(addition.bundles().get(0))))
                .findFirst()
                .orElseGet(() -> ofFeature(feature(name).orElseThrow()));
    }

    private BundleFacts of(Addition addition, StoredBundle bundle) {
        var installed = added.installed(bundle);
        var problem = added.problem(addition);
        State state;
        if (installed.isPresent()) {
            state = State.of(installed.get());
        } else if (!addition.started()) {
            state = State.STOPPED;
        } else {
            state = feature(bundle.symbolicName()).filter(feature -> feature.getVersion().compareTo(bundle.version()) >= 0).isPresent()
                    ? State.SUPERSEDED : State.SKIPPED;
        }
        return new BundleFacts(bundle.symbolicName(), bundle.version().toString(), state, Origin.ADDED,
                commands(bundle.symbolicName(), bundle.version()), addition.signer(), Optional.of(addition.addedAt().toString()),
                Optional.of(addition.addedBy()), previous(addition, bundle),
                addition.isFeature() ? Optional.of(addition.name() + ":" + addition.version()) : Optional.empty(), problem);
    }

    private Optional<String> previous(Addition addition, StoredBundle bundle) {
        return addition.previous().map(before -> before.bundle(bundle.symbolicName()).map(StoredBundle::version))
                .orElseGet(() -> feature(bundle.symbolicName()).map(Bundle::getVersion))
                .map(Version::toString);
    }

    private BundleFacts ofFeature(Bundle bundle) {
        var successor = added.all().stream().flatMap(addition -> addition.bundles().stream())
                .filter(other -> other.symbolicName().equals(bundle.getSymbolicName()) && added.installed(other).isPresent()).findFirst();
        return new BundleFacts(bundle.getSymbolicName(), bundle.getVersion().toString(),
                successor.isPresent() ? State.SUPERSEDED : State.of(bundle), Origin.FEATURE,
                commands(bundle.getSymbolicName(), bundle.getVersion()), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), successor.map(other -> other + " was added"));
    }

    private Optional<Bundle> feature(String symbolicName) {
        return added.features().stream().filter(bundle -> bundle.getSymbolicName().equals(symbolicName)).findFirst();
    }

    /** The commands that a bundle serves right now. */
    private List<String> commands(String symbolicName, Version version) {
        return registry.all().stream()
                .map(command -> command.description())
                .filter(command -> command.origin().bundle().equals(symbolicName) && command.origin().version().equals(version.toString()))
                .map(command -> command.name())
                .toList();
    }
}
