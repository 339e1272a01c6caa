package io.lodger.core.bundles.wiring;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.wiring.Components.Promise;
import io.lodger.core.registry.CommandRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;

/**
 * What no added bundle may do, whoever signed it. What a bundle wants is asked of the framework, which will act on it, and not of the
 * jar: two readers of one manifest may see different things. Only fragments, which the framework must not even see, have been refused
 * before.
 */
public final class Rules {

    private static final String OURS = "io.lodger.";

    private final InstalledBundles installed;
    private final CommandRegistry registry;

    public Rules(InstalledBundles installed, CommandRegistry registry) {
        this.installed = installed;
        this.registry = registry;
    }

    /** Refuses a bundle that is installed and breaks a rule. */
    public void check(Bundle bundle, List<Promise> promises) throws CommandException {
        if (bundle.getHeaders("").get(Constants.BUNDLE_NATIVECODE) != null) {
            throw refusal(bundle, "has native code, which can't be taken out of the agent again; a program of its own can");
        }
        checkReplaced(bundle);
        checkExports(bundle);
        checkCommands(bundle, promises);
    }

    /** A higher version may take over from a feature's bundle that brings commands, but not from a part of the agent itself. */
    private void checkReplaced(Bundle bundle) throws CommandException {
        var feature = installed.feature(bundle.getSymbolicName());
        if (feature.isPresent() && feature.get().getHeaders("").get("Service-Component") == null
                || bundle.getSymbolicName().equals("io.lodger.core") || bundle.getSymbolicName().equals("org.apache.felix.scr")) {
            throw refusal(bundle, "is a part of the agent itself; it is updated with the agent's package");
        }
        if (feature.isEmpty() && bundle.getSymbolicName().startsWith(OURS)) {
            throw refusal(bundle, "has a name that belongs to Lodger, and this agent has no such bundle");
        }
    }

    private void checkExports(Bundle bundle) throws CommandException {
        for (var name : exports(bundle)) {
            var owner = installed.features().stream()
                    .filter(other -> !other.getSymbolicName().equals(bundle.getSymbolicName()))
                    .filter(other -> exports(other).contains(name)).findFirst();
            if (owner.isPresent()) {
                throw refusal(bundle, "exports the package " + name + ", which belongs to " + InstalledBundles.name(owner.get()));
            }
            var feature = installed.feature(bundle.getSymbolicName());
            boolean ownOfFeature = feature.isPresent() && exports(feature.get()).contains(name);
            if (name.startsWith(OURS) && !ownOfFeature || exports(installed.framework().getBundle()).contains(name)) {
                throw refusal(bundle, "exports the package " + name + ", which belongs to the agent");
            }
        }
    }

    private static Set<String> exports(Bundle bundle) {
        return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .map(capability -> (String) capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))
                .collect(Collectors.toSet());
    }

    private void checkCommands(Bundle bundle, List<Promise> promises) throws CommandException {
        for (var promise : promises) {
            var other = registry.find(promise.command()).map(command -> command.description().origin());
            if (other.isPresent() && !other.get().bundle().equals(bundle.getSymbolicName())) {
                throw refusal(bundle, "brings the command " + promise.command() + ", which " + other.get().bundle() + " "
                        + other.get().version() + " has");
            }
        }
    }

    private static CommandException refusal(Bundle bundle, String why) {
        return new CommandException(InstalledBundles.name(bundle) + " is refused: it " + why);
    }
}
