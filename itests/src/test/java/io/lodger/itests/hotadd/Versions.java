package io.lodger.itests.hotadd;

import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import io.lodger.itests.FixtureBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One bundle in as many versions as a test needs; its command test-version tells which one answers. */
public final class Versions {

    private final Path folder;
    private final String name;
    private final Path first;

    /** The bundle {@code name} with the fixtures' commands; the jars are made in the folder. */
    public Versions(Path folder, String name) throws Exception {
        this.folder = folder;
        this.name = name;
        first = FixtureBundle.build(folder, name, "0.0.0");
    }

    /** Its jar in this version. */
    public Path jar(String version) throws Exception {
        var file = folder.resolve(name + "-" + version + ".jar");
        if (!Files.exists(file)) {
            try (var content = new Jar(first.toFile())) {
                content.getManifest().getMainAttributes().putValue("Bundle-Version", version);
                content.putResource("version.txt", new EmbeddedResource(version.getBytes(StandardCharsets.UTF_8), 0));
                content.write(file.toFile());
            }
        }
        return file;
    }
}
