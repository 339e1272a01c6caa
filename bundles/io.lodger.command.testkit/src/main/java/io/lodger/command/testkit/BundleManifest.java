package io.lodger.command.testkit;

import io.lodger.core.registry.CommandDescription.Origin;
import java.io.IOException;
import java.net.URI;
import java.util.jar.Manifest;

/** The manifest of the bundle being built, which bnd writes beside the classes before the tests run. */
final class BundleManifest {

    private BundleManifest() {
    }

    /** Name and version of the bundle that a class belongs to; those of no bundle where there is no manifest beside it. */
    static Origin originOf(Class<?> type) {
        var location = type.getProtectionDomain().getCodeSource().getLocation().toString();
        var base = location.endsWith(".jar") ? "jar:" + location + "!/" : location;
        try (var content = URI.create(base + "META-INF/MANIFEST.MF").toURL().openStream()) {
            var attributes = new Manifest(content).getMainAttributes();
            return new Origin(attributes.getValue("Bundle-SymbolicName"), attributes.getValue("Bundle-Version"));
        } catch (IOException e) {
            return new Origin("no.bundle", "0.0.0");
        }
    }
}
