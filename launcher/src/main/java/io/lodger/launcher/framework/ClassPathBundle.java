package io.lodger.launcher.framework;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;

/**
 * A bundle whose jar is on the class path (OSGi Core 60, Connect): the framework reads its manifest and its entries from the jar and
 * takes its classes from the application's class loader, so that they may come from the class-data archive.
 */
final class ClassPathBundle implements ConnectModule, ConnectContent {

    private final Path path;
    private JarFile jar;

    ClassPathBundle(Path path) {
        this.path = path;
    }

    @Override
    public ConnectContent getContent() {
        return this;
    }

    @Override
    public void open() throws IOException {
        jar = new JarFile(path.toFile(), false);
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }

    @Override
    public Optional<Map<String, String>> getHeaders() {
        try {
            var headers = new HashMap<String, String>();
            jar.getManifest().getMainAttributes().forEach((name, value) -> headers.put(name.toString(), value.toString()));
            return Optional.of(headers);
        } catch (IOException e) {
            throw new UncheckedIOException("the manifest of " + path + " can't be read", e);
        }
    }

    @Override
    public Iterable<String> getEntries() {
        return () -> jar.stream().map(ZipEntry::getName).iterator();
    }

    @Override
    public Optional<ConnectEntry> getEntry(String name) {
        return Optional.ofNullable(jar.getEntry(name)).map(Entry::new);
    }

    @Override
    public Optional<ClassLoader> getClassLoader() {
        return Optional.of(ClassPathBundle.class.getClassLoader());
    }

    private final class Entry implements ConnectEntry {

        private final ZipEntry entry;

        Entry(ZipEntry entry) {
            this.entry = entry;
        }

        @Override
        public String getName() {
            return entry.getName();
        }

        @Override
        public long getContentLength() {
            return entry.getSize();
        }

        @Override
        public long getLastModified() {
            return entry.getTime();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return jar.getInputStream(entry);
        }
    }
}
