package io.lodger.core.bundles.change;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.archive.Offer;
import io.lodger.core.bundles.store.Addition;
import io.lodger.core.bundles.store.BundleStore;
import io.lodger.core.bundles.store.StoredBundle;
import io.lodger.core.bundles.trust.Trust;
import io.lodger.core.bundles.wiring.InstalledBundles;
import io.lodger.core.registry.CommandRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** What was added to the agent, and the ways to change it. One thread at a time may make changes; any may ask. */
public final class AddedBundles {

    private final BundleStore store;
    private final Acceptance acceptance;
    private final InstalledBundles installed;
    private final Change change;
    private final Skipped skipped = new Skipped();
    private volatile List<Addition> additions = List.of();

    public AddedBundles(BundleStore store, Trust trust, InstalledBundles installed, CommandRegistry registry) {
        this.store = store;
        acceptance = new Acceptance(store, trust);
        this.installed = installed;
        change = new Change(store, installed, registry);
    }

    /** What was added, in the order in which it came. */
    public List<Addition> all() {
        return additions;
    }

    /** Why an addition is not in the framework though it ought to be. */
    public Optional<String> problem(Addition addition) {
        return skipped.reason(addition.name());
    }

    /**
     * Brings what the store holds into the framework. What can't be brought in is skipped and told by {@link #problem}.
     *
     * @param without why nothing is to be brought in; empty to do it
     * @param tidy whether to delete what is left over; not while file systems are frozen
     */
    public void restore(Optional<String> without, boolean tidy) throws IOException {
        additions = store.load();
        if (without.isPresent()) {
            additions.forEach(addition -> skipped.add(addition, without.get()));
        } else {
            bringIn();
        }
        if (tidy) {
            store.emptyStaging();
            store.sweep(additions);
        }
    }

    /** One addition may need what a later one offers, so those that fail are tried again as long as others succeed. */
    private void bringIn() throws IOException {
        var left = new ArrayList<>(additions.stream().filter(Addition::started).toList());
        while (left.removeIf(this::isBroughtIn)) {
            // Perhaps another one is possible now.
        }
    }

    private boolean isBroughtIn(Addition addition) {
        try {
            acceptance.verify(addition);
            change.replace(List.of(), addition.bundles(), () -> { });
            skipped.remove(addition);
            return true;
        } catch (CommandException | IOException e) {
            skipped.add(addition, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Adds what isn't there yet. */
    public Addition install(Offer offer, String channel) throws CommandException, IOException, InterruptedException {
        var known = find(offer.name());
        if (known.isPresent()) {
            throw new CommandException(known.get() + " is added already; lodger-bundle-update brings a higher version");
        }
        acceptance.checkOthers(offer, Optional.empty(), additions);
        return replace(Optional.empty(), acceptance.taken(offer, channel));
    }

    /** Adds a higher version of what is there. */
    public Addition update(Offer offer, String channel) throws CommandException, IOException, InterruptedException {
        var before = find(offer.name()).orElseThrow(() -> new CommandException(offer.name() + " was not added yet, so there is nothing to "
                + "update; lodger-bundle-install adds it"));
        if (offer.version().compareTo(before.version()) <= 0) {
            throw new CommandException(before + " is added; only a higher version can take over from it, and this is " + offer.version()
                    + (before.previous().isPresent() ? "; lodger-bundle-rollback brings back " + before.previous().get().version() : ""));
        }
        acceptance.checkOthers(offer, Optional.of(before), additions);
        return replace(Optional.of(before), acceptance.taken(offer, channel).over(Optional.of(before)));
    }

    private Addition replace(Optional<Addition> before, Addition after) throws CommandException, IOException, InterruptedException {
        exchange(before, Optional.of(after));
        return after;
    }

    private void exchange(Optional<Addition> before, Optional<Addition> after)
            throws CommandException, IOException, InterruptedException {
        var next = new ArrayList<Addition>();
        for (var addition : additions) {
            if (before.filter(addition::equals).isEmpty()) {
                next.add(addition);
            } else {
                after.ifPresent(next::add);
            }
        }
        if (before.isEmpty()) {
            after.ifPresent(next::add);
        }
        try {
            change.replace(running(before), running(after), () -> {
                store.commit(next);
                additions = List.copyOf(next);
            });
            before.ifPresent(skipped::remove);
        } finally {
            store.sweep(additions);
        }
    }

    private static List<StoredBundle> running(Optional<Addition> addition) {
        return addition.filter(Addition::started).map(Addition::bundles).orElse(List.of());
    }

    /** Takes an addition away. */
    public void uninstall(String name) throws CommandException, IOException, InterruptedException {
        exchange(Optional.of(required(name)), Optional.empty());
    }

    /** Brings back the version before. Empty when that is the one of a feature. */
    public Optional<Addition> rollback(String name) throws CommandException, IOException, InterruptedException {
        var before = required(name);
        var previous = before.previous();
        if (previous.isEmpty() && before.bundles().stream().allMatch(bundle -> installed.feature(bundle.symbolicName()).isEmpty())) {
            throw new CommandException("There is no version before " + before + "; lodger-bundle-uninstall takes it away");
        }
        if (previous.isPresent()) {
            acceptance.verify(previous.get());
        }
        exchange(Optional.of(before), previous);
        return previous;
    }

    /** Has an addition run, now and after each start of the agent. */
    public Addition start(String name) throws CommandException, IOException, InterruptedException {
        var before = required(name);
        acceptance.verify(before);
        return switched(before, true);
    }

    /** Has an addition not run, now and after each start of the agent, but stay. */
    public Addition stop(String name) throws CommandException, IOException, InterruptedException {
        return switched(required(name), false);
    }

    private Addition switched(Addition before, boolean started) throws CommandException, IOException, InterruptedException {
        return replace(Optional.of(before), before.withStarted(started));
    }

    /** The bundle in the framework, if it is there. */
    public Optional<Bundle> installed(StoredBundle bundle) {
        return installed.added(store.jar(bundle.sha256()));
    }

    /** The bundles that came with the agent. */
    public List<Bundle> features() {
        return installed.features();
    }

    private Optional<Addition> find(String name) {
        return additions.stream().filter(addition -> addition.name().equals(name)).findFirst();
    }

    private Addition required(String name) throws CommandException {
        var named = additions.stream().filter(addition -> addition.isNamed(name)).findFirst();
        if (named.isEmpty() && installed.feature(name).isPresent()) {
            throw new CommandException(InstalledBundles.name(installed.feature(name).get()) + " came with the agent; it goes when its "
                    + "feature is left out in the configuration file");
        }
        return named.orElseThrow(() -> new CommandException("No bundle " + name + " was added"));
    }
}
