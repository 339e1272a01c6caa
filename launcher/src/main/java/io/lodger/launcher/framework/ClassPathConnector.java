package io.lodger.launcher.framework;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/** Tells the framework which bundles are on the class path: those whose location says so. */
final class ClassPathConnector implements ModuleConnector {

    private static final String SCHEME = "classpath:";

    private final Path library;

    /** Bundles whose jars are in this folder. */
    ClassPathConnector(Path library) {
        this.library = library;
    }

    /** The location of the bundle in a jar on the class path. */
    static String location(String jar) {
        return SCHEME + jar;
    }

    @Override
    public void initialize(File storage, Map<String, String> configuration) {
        // Nothing of ours is kept in the framework's storage.
    }

    @Override
    public Optional<ConnectModule> connect(String location) {
        return location.startsWith(SCHEME)
                ? Optional.of(new ClassPathBundle(library.resolve(location.substring(SCHEME.length()))))
                : Optional.empty();
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
        return Optional.empty();
    }
}
