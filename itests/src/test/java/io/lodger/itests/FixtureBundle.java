package io.lodger.itests;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a bundle of the fixtures' classes, in whatever version a test needs. */
public final class FixtureBundle {

    private FixtureBundle() {
    }

    /** A jar in the folder: bundle {@code name} in this version, with the fixtures' commands. */
    public static Path build(Path folder, String name, String version, String... extraInstructions) throws Exception {
        try (var builder = new Builder()) {
            builder.setProperty("Bundle-SymbolicName", name);
            builder.setProperty("Bundle-Version", version);
            builder.setProperty("Private-Package", "io.lodger.itests.fixture");
            builder.setProperty("-includeresource", "version.txt;literal=\"" + version + "\"");
            for (int i = 0; i < extraInstructions.length; i += 2) {
                builder.setProperty(extraInstructions[i], extraInstructions[i + 1]);
            }
            for (var entry : System.getProperty("java.class.path").split(":")) {
                if (Files.exists(Path.of(entry))) {
                    builder.addClasspath(Path.of(entry).toFile());
                }
            }
            var file = folder.resolve(name + "-" + version + ".jar");
            builder.build().write(file.toFile());
            if (!builder.getErrors().isEmpty()) {
                throw new IllegalStateException("bnd: " + builder.getErrors());
            }
            return file;
        }
    }

    /** The jar of a bundle again, with a higher version and nothing else changed. */
    public static Path raised(Path jar, Path folder, String version) throws Exception {
        try (var content = new Jar(jar.toFile())) {
            content.getManifest().getMainAttributes().putValue("Bundle-Version", version);
            var file = folder.resolve("raised-" + version + ".jar");
            content.write(file.toFile());
            return file;
        }
    }
}
