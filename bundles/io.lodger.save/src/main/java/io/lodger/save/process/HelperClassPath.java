package io.lodger.save.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.namespace.PackageNamespace;

/**
 * What a helper's classes are loaded from. This bundle and those that it imports from are on the agent's class path, which is the
 * helper's as well. A bundle that was added to the running agent, as a new version of this one, is not: its contents are copied, so
 * that the helper is of the same version as what speaks to it.
 */
final class HelperClassPath implements AutoCloseable {

    private final List<Path> jars = new ArrayList<>();
    private final Set<ClassLoader> loaders = new LinkedHashSet<>();
    private Path folder;

    /** Finds out what has to be copied, and copies it. */
    HelperClassPath() throws IOException {
        loaders.add(ClassLoader.getSystemClassLoader());
        var bundle = FrameworkUtil.getBundle(HelperClassPath.class);
        if (bundle != null) {
            var all = new LinkedHashSet<Bundle>();
            collect(bundle, all);
            for (var added : all) {
                copy(added);
            }
        }
    }

    /** A bundle and those that it has packages from, without those that are on the class path. */
    private static void collect(Bundle bundle, Set<Bundle> all) {
        var wiring = bundle.adapt(BundleWiring.class);
        if (bundle.getBundleId() == 0 || wiring == null || wiring.getClassLoader() == ClassLoader.getSystemClassLoader()
                || !all.add(bundle)) {
            return;
        }
        for (BundleWire wire : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            collect(wire.getProvider().getBundle(), all);
        }
    }

    private void copy(Bundle bundle) throws IOException {
        folder = folder == null ? Files.createTempDirectory("lodger-helper-") : folder;
        var jar = folder.resolve(bundle.getBundleId() + ".jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setLevel(0);
            for (var url : Collections.list(bundle.findEntries("/", "*", true))) {
                var name = url.getPath().substring(1);
                if (!name.endsWith("/")) {
                    zip.putNextEntry(new ZipEntry(name));
                    try (var content = url.openStream()) {
                        content.transferTo((OutputStream) zip);
                    }
                    zip.closeEntry();
                }
            }
        }
        jars.add(jar);
        loaders.add(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    /** The class path. */
    String path() {
        var path = new StringBuilder();
        jars.forEach(jar -> path.append(jar).append(':'));
        return path + System.getProperty("java.class.path");
    }

    /** Whether the helper has this class, and it is the same. */
    boolean has(Class<?> type) {
        var loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader() || loaders.contains(loader);
    }

    /** Removes what was copied. */
    @Override
    public void close() throws IOException {
        if (folder != null) {
            try (var contents = Files.walk(folder)) {
                for (var path : contents.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
