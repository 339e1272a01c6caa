package io.lodger.core.bundles.archive;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.store.BundleStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.osgi.framework.Version;

/**
 * What somebody wants to add as one: a bundle, or the bundles of a feature.
 *
 * @param name the bundle's symbolic name, or the feature's group and artifact
 * @param version the version of the bundle or the feature
 * @param jars the bundles in the order in which they are to be started
 */
public record Offer(String name, Version version, List<OfferedJar> jars) {

    /** The largest file that is taken: an archive or a jar. */
    public static final long SIZE_LIMIT = 64L << 20;

    /**
     * Reads a file in the guest. Everything it refers to afterwards is a copy in the store's staging folder, which nobody can change
     * between a look at it and its use.
     */
    public static Offer of(Path file, BundleStore store) throws CommandException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandException(file + " is no file in the guest");
        }
        try (InputStream content = Files.newInputStream(file)) {
            var copy = store.stage(content, SIZE_LIMIT).orElseThrow(() -> new CommandException(
                    file + " is refused: it is larger than " + (SIZE_LIMIT >> 20) + " MiB"));
            return ofStaged(file.toString(), copy, store);
        }
    }

    /** Reads a file that is in the staging folder already; messages call it by the name given. */
    public static Offer ofStaged(String what, Path staged, BundleStore store) throws CommandException, IOException {
        if (isFeature(what, staged)) {
            ZipCheck.check(what, staged);
            try {
                return new FeatureArchive(what, staged, store).read();
            } finally {
                Files.deleteIfExists(staged);
            }
        }
        try {
            var jar = OfferedJar.of(what, staged);
            return new Offer(jar.symbolicName(), jar.version(), List.of(jar));
        } catch (CommandException | IOException | RuntimeException e) {
            Files.deleteIfExists(staged);
            throw e;
        }
    }

    private static boolean isFeature(String what, Path staged) throws CommandException, IOException {
        try (var zip = new ZipFile(staged.toFile())) {
            return zip.getEntry(FeatureArchive.FEATURE) != null;
        } catch (ZipException | IllegalArgumentException e) {
            Files.deleteIfExists(staged);
            throw new CommandException(what + " is no bundle: it is no zip file that can be read (" + e.getMessage() + ")");
        }
    }

    /** Deletes what is left of it in the staging folder. */
    public void discard() throws IOException {
        for (var jar : jars) {
            Files.deleteIfExists(jar.file());
        }
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
