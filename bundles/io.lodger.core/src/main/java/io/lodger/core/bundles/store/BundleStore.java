package io.lodger.core.bundles.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The folder in which added bundles are kept:
 *
 * <pre>
 * index.json            what was added, in the order in which it came; replaced as a whole
 * jars/SHA256.jar       the jars, known by their content, never changed
 * staging/              what is being looked at; emptied at the start
 * </pre>
 *
 * <p>The index is the truth: a jar that it doesn't name is a leftover and swept away.
 */
public final class BundleStore {

    private final Path folder;
    private final Path jars;
    private final Path staging;
    private final DurableFile index;
    private final AtomicInteger staged = new AtomicInteger();

    public BundleStore(Path folder) {
        this.folder = folder;
        jars = folder.resolve("jars");
        staging = folder.resolve("staging");
        index = new DurableFile(folder.resolve("index.json"));
    }

    /**
     * What was added.
     *
     * @throws IllegalArgumentException when the index is damaged; it is set aside as {@code index.json.damaged}
     */
    public List<Addition> load() throws IOException {
        var content = index.read();
        try {
            return content.map(IndexFormat::read).orElse(List.of());
        } catch (IllegalArgumentException e) {
            var aside = folder.resolve("index.json.damaged");
            Files.move(folder.resolve("index.json"), aside, StandardCopyOption.REPLACE_EXISTING);
            throw new IllegalArgumentException("the index of added bundles can't be used and was set aside as " + aside + ": "
                    + e.getMessage(), e);
        }
    }

    /** Makes these what was added. When this returns a power cut can't undo it; when it throws nothing has changed. */
    public void commit(List<Addition> additions) throws IOException {
        if (additions.isEmpty()) {
            index.delete();
        } else {
            index.write(IndexFormat.write(additions));
        }
    }

    /** A name for a file in the staging folder that nobody else uses. */
    public Path stagingFile() throws IOException {
        Files.createDirectories(staging);
        return staging.resolve(staged.incrementAndGet() + DurableFile.UNFINISHED);
    }

    /** Copies what a stream brings, but no more bytes than the limit, to a staging file. Empty when there were more. */
    public Optional<Path> stage(InputStream content, long limit) throws IOException {
        var file = stagingFile();
        try {
            try (var out = Files.newOutputStream(file)) {
                var window = new byte[64 << 10];
                long size = 0;
                for (int count = content.read(window); count >= 0; count = content.read(window)) {
                    size += count;
                    if (size > limit) {
                        break;
                    }
                    out.write(window, 0, count);
                }
                if (size <= limit) {
                    return Optional.of(file);
                }
            }
            Files.deleteIfExists(file);
            return Optional.empty();
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Takes a staging file in as a jar. Gives its SHA-256. */
    public String keep(Path staged) throws IOException {
        var sha256 = Sha256.of(staged);
        var jar = jar(sha256);
        if (!Files.exists(jar) || !Sha256.of(jar).equals(sha256)) {
            DurableFile.makeFolder(jars);
            DurableFile.sync(staged);
            DurableFile.publish(staged, jar);
        }
        return sha256;
    }

    /** Where the jar of this SHA-256 is. */
    public Path jar(String sha256) {
        return jars.resolve(sha256 + ".jar");
    }

    /** Why a jar can't be used, if it can't. */
    public Optional<String> problem(StoredBundle bundle) {
        try {
            var now = Sha256.of(jar(bundle.sha256()));
            return now.equals(bundle.sha256()) ? Optional.empty() : Optional.of("its jar " + jar(bundle.sha256()) + " is damaged");
        } catch (NoSuchFileException e) {
            return Optional.of("its jar " + jar(bundle.sha256()) + " is missing");
        } catch (IOException e) {
            return Optional.of("its jar " + jar(bundle.sha256()) + " can't be read: " + e.getMessage());
        }
    }

    /** Deletes jars that none of these needs. */
    public void sweep(List<Addition> additions) throws IOException {
        var needed = new HashSet<String>();
        additions.forEach(addition -> collect(addition, needed));
        delete(jars, needed);
    }

    /** Deletes what an agent that died left half done. Only for a start: nothing may be under way. */
    public void emptyStaging() throws IOException {
        delete(staging, Set.of());
        Files.deleteIfExists(folder.resolve("index.json" + DurableFile.UNFINISHED));
    }

    private static void collect(Addition addition, Set<String> needed) {
        addition.bundles().forEach(bundle -> needed.add(bundle.sha256() + ".jar"));
        addition.previous().ifPresent(previous -> collect(previous, needed));
    }

    private static void delete(Path folder, Set<String> except) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.filter(file -> !except.contains(file.getFileName().toString())).toList()) {
                Files.delete(file);
            }
        }
    }
}
