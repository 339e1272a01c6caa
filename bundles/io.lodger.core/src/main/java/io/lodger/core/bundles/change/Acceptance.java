package io.lodger.core.bundles.change;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.archive.Offer;
import io.lodger.core.bundles.store.Addition;
import io.lodger.core.bundles.store.BundleStore;
import io.lodger.core.bundles.store.StoredBundle;
import io.lodger.core.bundles.trust.Trust;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What is accepted: new, and again at each start. */
final class Acceptance {

    private final BundleStore store;
    private final Trust trust;

    Acceptance(BundleStore store, Trust trust) {
        this.store = store;
        this.trust = trust;
    }

    /** Jars may have been damaged since, and certificates revoked. */
    void verify(Addition addition) throws CommandException, IOException {
        for (var bundle : addition.bundles()) {
            var problem = store.problem(bundle);
            if (problem.isPresent()) {
                throw new CommandException(problem.get());
            }
            trust.accept(bundle.toString(), store.jar(bundle.sha256()), addition.addedAt());
        }
    }

    /** A bundle belongs to one addition, and its versions go up. */
    void checkOthers(Offer offer, Optional<Addition> before, List<Addition> additions) throws CommandException {
        for (var jar : offer.jars()) {
            for (var addition : additions) {
                var same = addition.bundle(jar.symbolicName());
                if (same.isPresent() && !addition.name().equals(offer.name())) {
                    throw new CommandException(same.get() + " is added already, with " + addition + "; uninstall that first");
                }
            }
            var old = before.flatMap(addition -> addition.bundle(jar.symbolicName()));
            if (old.isPresent() && jar.version().compareTo(old.get().version()) < 0) {
                throw new CommandException(offer + " is refused: it brings " + jar + ", and " + old.get() + " is there");
            }
        }
    }

    /** Verifies what is offered and takes it into the store. */
    Addition taken(Offer offer, String channel) throws CommandException, IOException {
        var now = Instant.now();
        var signers = new LinkedHashSet<String>();
        var bundles = new ArrayList<StoredBundle>();
        for (var jar : offer.jars()) {
            trust.accept(jar.toString(), jar.file(), now).ifPresent(signers::add);
        }
        for (var jar : offer.jars()) {
            bundles.add(new StoredBundle(jar.symbolicName(), jar.version(), store.keep(jar.file())));
        }
        return new Addition(offer.name(), offer.version(), List.copyOf(bundles),
                signers.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", signers)),
                now.truncatedTo(ChronoUnit.SECONDS), channel, true, Optional.empty());
    }
}
