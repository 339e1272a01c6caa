package io.lodger.core.bundles;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A jar with the manifest and the entries that a test needs. */
public final class TestJar {

    private record Entry(String name, byte[] content) {
    }

    private final List<String> headers = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    /** A jar that is a bundle. */
    public static TestJar bundle(String symbolicName, String version) {
        return new TestJar().header("Bundle-ManifestVersion: 2").header("Bundle-SymbolicName: " + symbolicName)
                .header("Bundle-Version: " + version);
    }

    /** A bundle in a file of this folder that is named by both. */
    static Path in(Path folder, String symbolicName, String version, String... headers) throws IOException {
        var jar = bundle(symbolicName, version);
        jar.headers.addAll(List.of(headers));
        return jar.write(folder.resolve(symbolicName + "-" + version + ".jar"));
    }

    public TestJar header(String line) {
        headers.add(line);
        return this;
    }

    public TestJar entry(String name, String content) {
        return entry(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public TestJar entry(String name, byte[] content) {
        entries.add(new Entry(name, content));
        return this;
    }

    public Path write(Path file) throws IOException {
        var text = "Manifest-Version: 1.0\n" + String.join("\n", headers) + "\n";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), new Manifest(new ByteArrayInputStream(text.getBytes())))) {
            for (var entry : entries) {
                jar.putNextEntry(new ZipEntry(entry.name()));
                jar.write(entry.content());
                jar.closeEntry();
            }
        }
        return file;
    }
}
