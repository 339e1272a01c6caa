package io.lodger.core.bundles.wiring;

import io.lodger.command.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles in the framework: those of the features, and those that were added, which it reads from where the store keeps them. */
public final class InstalledBundles {

    /** What the location of an added bundle begins with: the framework then takes the jar where it is, instead of a copy. */
    private static final String ADDED = "reference:file:";

    private static final Duration STEP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration REFRESH_PATIENCE = Duration.ofSeconds(30);

    private final BundleContext framework;
    private final Bounded bounded = new Bounded(STEP_PATIENCE);

    /** The bundles of the framework whose system bundle has this context. */
    public InstalledBundles(BundleContext framework) {
        this.framework = framework;
    }

    BundleContext framework() {
        return framework;
    }

    /** The bundles of the features. */
    public List<Bundle> features() {
        return all().filter(bundle -> !isAdded(bundle)).toList();
    }

    /** The bundle of this symbolic name that came with the agent. */
    public Optional<Bundle> feature(String symbolicName) {
        return features().stream().filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .max(Comparator.comparing(Bundle::getVersion));
    }

    private Stream<Bundle> all() {
        return Arrays.stream(framework.getBundles()).filter(bundle -> bundle.getBundleId() != 0);
    }

    private static boolean isAdded(Bundle bundle) {
        return bundle.getLocation().startsWith(ADDED);
    }

    /** The added bundle that was read from this jar, if it is in the framework. */
    public Optional<Bundle> added(Path jar) {
        return Optional.ofNullable(framework.getBundle(location(jar)));
    }

    private static String location(Path jar) {
        return ADDED + jar.toAbsolutePath().toUri().getRawPath();
    }

    /** Brings a bundle in. No code of it runs. */
    public Bundle install(String what, Path jar) throws CommandException {
        try {
            return framework.installBundle(location(jar), null);
        } catch (BundleException | RuntimeException e) {
            throw new CommandException(what + " can't be installed: " + reason(e));
        }
    }

    /** Wires bundles to what they need, or says what that is. */
    public void resolve(Collection<Bundle> bundles) throws CommandException {
        if (framework.getBundle().adapt(FrameworkWiring.class).resolveBundles(bundles)) {
            return;
        }
        var needs = new Needs(framework);
        for (var bundle : bundles) {
            var unmet = needs.unmet(bundle);
            if (!unmet.isEmpty()) {
                throw new CommandException(name(bundle) + " " + String.join("; it ", unmet));
            }
        }
        throw new CommandException(String.join(", ", bundles.stream().map(InstalledBundles::name).toList())
                + " can't be wired to the packages it imports: each of them is there, but they don't go together, or it is a singleton of "
                + "which another version is there");
    }

    /** Starts a bundle, within a time. */
    public void start(Bundle bundle) throws CommandException {
        step("start", bundle, () -> bundle.start(Bundle.START_TRANSIENT));
    }

    /** Stops a bundle, within a time. */
    public void stop(Bundle bundle) throws CommandException {
        step("stop", bundle, () -> bundle.stop(Bundle.STOP_TRANSIENT));
    }

    /** Takes bundles out and lets go of their class loaders; those that were wired to them are wired anew. */
    public void remove(Collection<Bundle> bundles) throws CommandException {
        if (bundles.isEmpty()) {
            return;
        }
        CommandException failure = null;
        for (var bundle : bundles) {
            try {
                if (bundle.getState() != Bundle.UNINSTALLED) {
                    step("uninstall", bundle, bundle::uninstall);
                }
            } catch (CommandException e) {
                failure = e;
            }
        }
        refresh(bundles);
        if (failure != null) {
            throw failure;
        }
    }

    private void refresh(Collection<Bundle> bundles) throws CommandException {
        var refreshed = new CountDownLatch(1);
        framework.getBundle().adapt(FrameworkWiring.class).refreshBundles(bundles, event -> refreshed.countDown());
        try {
            if (!refreshed.await(REFRESH_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new CommandException("The framework has not let go of the bundles within " + REFRESH_PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The bundles, other than these, that are wired to one of these. */
    public List<Bundle> dependents(Collection<Bundle> bundles) {
        return bundles.stream().map(bundle -> bundle.adapt(BundleWiring.class)).filter(wiring -> wiring != null)
                .flatMap(wiring -> wiring.getProvidedWires(null).stream())
                .map(BundleWire::getRequirer).map(requirer -> requirer.getBundle())
                .filter(bundle -> !bundles.contains(bundle)).distinct().toList();
    }

    private interface Step {
        void run() throws BundleException;
    }

    private void step(String verb, Bundle bundle, Step step) throws CommandException {
        try {
            bounded.run(verb + " " + name(bundle), () -> {
                step.run();
                return null;
            });
        } catch (CommandException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("The agent ends");
        } catch (Exception e) {
            throw new CommandException(name(bundle) + " can't " + verb + ": " + reason(e));
        }
    }

    private static String reason(Throwable e) {
        var cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null || !(cause instanceof BundleException) ? cause.toString() : cause.getMessage();
    }

    /** How messages call a bundle. */
    public static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
