package io.lodger.core.bundles;

import io.lodger.command.CommandException;
import io.lodger.core.registry.CommandRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundles of the running agent, and those added to it. An added bundle lasts until the agent ends. A higher version of a bundle
 * takes over from the lower one, which is stopped and stays at hand: when the higher one is uninstalled it serves again.
 */
public final class AddedBundles {

    /** What the location of an added bundle begins with. */
    private static final String ADDED = "added:";

    private final BundleContext framework;
    private final CommandRegistry registry;

    /** Bundles of the framework whose system bundle has this context. */
    public AddedBundles(BundleContext framework, CommandRegistry registry) {
        this.framework = framework;
        this.registry = registry;
    }

    /** All bundles but the framework itself. */
    List<Bundle> all() {
        return Arrays.stream(framework.getBundles()).filter(bundle -> bundle.getBundleId() != 0).toList();
    }

    static boolean isAdded(Bundle bundle) {
        return bundle.getLocation().startsWith(ADDED);
    }

    /** The commands that a bundle serves right now. */
    List<String> commandsOf(Bundle bundle) {
        return registry.all().stream()
                .map(command -> command.description())
                .filter(command -> command.origin().bundle().equals(bundle.getSymbolicName())
                        && command.origin().version().equals(bundle.getVersion().toString()))
                .map(command -> command.name())
                .toList();
    }

    /** Installs a bundle from a jar file and starts it; when it can't be started nothing has changed. */
    synchronized Bundle install(Path jar) throws CommandException, IOException {
        var identity = identityOf(jar);
        var serving = newest(identity.name());
        if (serving.isPresent() && serving.get().getVersion().compareTo(identity.version()) >= 0) {
            throw new CommandException(identity.name() + " " + serving.get().getVersion() + " is installed already; "
                    + "only a higher version than that can take over from it, and this is " + identity.version());
        }
        var added = started(jar, identity);
        if (serving.isPresent()) {
            stop(serving.get());
        }
        return added;
    }

    private Bundle started(Path jar, Identity identity) throws CommandException, IOException {
        Bundle bundle = null;
        try (var content = Files.newInputStream(jar)) {
            bundle = framework.installBundle(ADDED + identity.name() + ":" + identity.version(), content);
            bundle.start();
            return bundle;
        } catch (BundleException e) {
            if (bundle != null) {
                discard(bundle);
            }
            throw new CommandException(identity.name() + " " + identity.version() + " can't be started: " + e.getMessage());
        }
    }

    private static void stop(Bundle bundle) throws CommandException {
        try {
            bundle.stop();
        } catch (BundleException e) {
            throw new CommandException(bundle.getSymbolicName() + " " + bundle.getVersion() + " could not be stopped: " + e.getMessage());
        }
    }

    /** Uninstalls the newest added version of a bundle; the version before it, if there is one, serves again. */
    synchronized void uninstall(String symbolicName) throws CommandException {
        var bundle = newest(symbolicName).orElseThrow(() -> new CommandException("No bundle " + symbolicName + " is installed"));
        if (!isAdded(bundle)) {
            throw new CommandException(symbolicName + " " + bundle.getVersion()
                    + " came with the agent and can't be uninstalled; leave it out of the features in the configuration file instead");
        }
        discard(bundle);
        var before = newest(symbolicName);
        if (before.isPresent()) {
            start(before.get());
        }
    }

    private static void start(Bundle bundle) throws CommandException {
        try {
            bundle.start();
        } catch (BundleException e) {
            throw new CommandException(bundle.getSymbolicName() + " " + bundle.getVersion() + " could not be started again: "
                    + e.getMessage());
        }
    }

    private void discard(Bundle bundle) throws CommandException {
        try {
            bundle.uninstall();
            // Lets go of the class loader also where other bundles have seen classes of it.
            framework.getBundle().adapt(FrameworkWiring.class).refreshBundles(List.of(bundle));
        } catch (BundleException e) {
            throw new CommandException(bundle.getSymbolicName() + " could not be uninstalled: " + e.getMessage());
        }
    }

    private Optional<Bundle> newest(String symbolicName) {
        return all().stream()
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .max(Comparator.comparing(Bundle::getVersion));
    }

    private record Identity(String name, Version version) {
    }

    private static Identity identityOf(Path jar) throws CommandException, IOException {
        if (!Files.isRegularFile(jar)) {
            throw new NoSuchFileException(jar.toString(), null, "is no file in the guest");
        }
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            var name = manifest == null ? null : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null) {
                throw new CommandException(jar + " is no bundle: its manifest has no Bundle-SymbolicName");
            }
            var version = manifest.getMainAttributes().getValue(Constants.BUNDLE_VERSION);
            return new Identity(name.split(";")[0].trim(), Version.parseVersion(version));
        } catch (IllegalArgumentException | java.util.zip.ZipException e) {
            throw new CommandException(jar + " is no bundle: " + e.getMessage());
        }
    }
}
