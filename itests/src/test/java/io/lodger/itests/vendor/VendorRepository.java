package io.lodger.itests.vendor;

import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** A Maven repository of a vendor's, that holds what the build has downloaded already. */
final class VendorRepository implements AutoCloseable {

    private static final String VERSION = "1.0.0-SNAPSHOT";

    private final Path folder;

    /** One without Lodger's artifacts. */
    VendorRepository() throws Exception {
        folder = Files.createTempDirectory("repository");
        Await.success(new ProcessBuilder("cp", "-a", "--reflink=auto", System.getProperty("lodger.repository") + "/.", folder.toString()));
        // What somebody may have installed there isn't what was built now.
        Await.success(new ProcessBuilder("rm", "-rf", folder.resolve("io/lodger").toString()));
    }

    /** Adds Lodger's artifacts, as a release would put them there. */
    VendorRepository withRelease() throws IOException {
        var bundles = Distribution.checkout().resolve("bundles");
        publish(Distribution.checkout(), "lodger");
        publish(bundles, "io.lodger.bundles");
        for (var artifact : List.of("io.lodger.command", "io.lodger.command.testkit", "io.lodger.core", "io.lodger.posix",
                "io.lodger.power")) {
            publish(bundles.resolve(artifact), artifact);
        }
        publish(Distribution.checkout().resolve("launcher/io.lodger.archetype"), "io.lodger.archetype");
        return this;
    }

    /** An environment in which every Maven, also one that another starts, has this repository. */
    Map<String, String> environment(Path home) {
        return Map.of("MAVEN_OPTS", "-Dmaven.repo.local=" + folder, "HOME", home.toString());
    }

    private void publish(Path module, String artifact) throws IOException {
        var place = Files.createDirectories(folder.resolve("io/lodger").resolve(artifact).resolve(VERSION));
        var name = artifact + "-" + VERSION;
        Files.copy(module.resolve("pom.xml"), place.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        var jar = module.resolve("target").resolve(name + ".jar");
        if (Files.exists(jar)) {
            Files.copy(jar, place.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Await.success(new ProcessBuilder("rm", "-rf", folder.toString()));
        } catch (Exception e) {
            throw new IOException("can't delete " + folder, e);
        }
    }
}
