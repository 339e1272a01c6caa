package io.lodger.itests.lifecycle;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import com.google.gson.JsonParser;
import io.lodger.itests.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.nat.internal.NativeTestContainerFactory;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Features of the distribution in a framework without the launcher, each bundle with a class loader of its own: what bundles demand
 * of each other is really asked for here, and what they hold on to really keeps them alive.
 */
final class PlainFramework implements AutoCloseable {

    private final NativeTestContainer container;
    private final Path socket;

    PlainFramework(Path folder, String... features) throws IOException {
        socket = folder.resolve("agent.sock");
        var options = new ArrayList<Option>(List.of(
                frameworkProperty("lodger.method").value("unix-listen"),
                frameworkProperty("lodger.path").value(socket.toString()),
                frameworkProperty("lodger.statedir").value(folder.toString()),
                frameworkProperty("felix.log.level").value("1")));
        var jars = new LinkedHashSet<Path>();
        for (var feature : features) {
            collect(feature, jars);
        }
        jars.forEach(jar -> options.add(bundle(jar.toUri().toString())));
        var system = DefaultExamSystem.create(options.toArray(Option[]::new));
        container = (NativeTestContainer) new NativeTestContainerFactory().create(system)[0];
        container.start();
    }

    /** The jars of a feature, after those of the features that it names. */
    private static void collect(String name, Set<Path> jars) throws IOException {
        var file = Distribution.home().resolve("features").resolve(name + ".json");
        var feature = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        if (feature.has("extensions")) {
            for (var other : feature.getAsJsonObject("extensions").getAsJsonObject("io.lodger.features").getAsJsonArray("json")) {
                collect(other.getAsString(), jars);
            }
        }
        for (var entry : feature.getAsJsonArray("bundles")) {
            var id = entry.isJsonPrimitive() ? entry.getAsString() : entry.getAsJsonObject().get("id").getAsString();
            var parts = id.split(":");
            jars.add(Distribution.home().resolve("lib").resolve(parts[1] + "-" + parts[2] + ".jar"));
        }
    }

    BundleContext context() {
        return container.getSystemBundle().getBundleContext();
    }

    /** The bundles besides the framework and those Pax Exam brings along. */
    List<Bundle> bundles() {
        return List.of(context().getBundles()).stream().filter(bundle -> bundle.getLocation().startsWith("file:")).toList();
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() {
        container.stop();
    }
}
