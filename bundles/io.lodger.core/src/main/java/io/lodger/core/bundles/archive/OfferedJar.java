package io.lodger.core.bundles.archive;

import io.lodger.command.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A jar that says it is a bundle.
 *
 * @param file the jar, in the staging folder
 * @param symbolicName the symbolic name that its manifest gives
 * @param version the version that its manifest gives
 */
public record OfferedJar(Path file, String symbolicName, Version version) {

    private static final long MANIFEST_LIMIT = 1 << 20;
    private static final String FRAGMENT = (Constants.FRAGMENT_HOST + ":").toUpperCase(Locale.ROOT);

    /** Reads the manifest of a jar whose shape has been looked at. */
    static OfferedJar of(String what, Path file) throws CommandException, IOException {
        ZipCheck.check(what, file);
        checkManifestEntry(what, file);
        try (var jar = new JarFile(file.toFile(), false)) {
            var attributes = jar.getManifest().getMainAttributes();
            var name = attributes.getValue(Constants.BUNDLE_SYMBOLICNAME);
            if (name == null) {
                throw new CommandException(what + " is no bundle: its manifest has no Bundle-SymbolicName");
            }
            if (!"2".equals(attributes.getValue(Constants.BUNDLE_MANIFESTVERSION))) {
                throw new CommandException(what + " is no bundle: its manifest's Bundle-ManifestVersion is not 2");
            }
            if (isFragment(jar)) {
                throw new CommandException(what + " is refused: it is a fragment, by Fragment-Host in its manifest; only whole bundles"
                        + " can be added");
            }
            return new OfferedJar(file, name.split(";")[0].strip(), version(attributes.getValue(Constants.BUNDLE_VERSION)));
        } catch (IllegalArgumentException e) {
            throw new CommandException(what + " is no bundle: " + e.getMessage());
        } catch (IOException e) {
            throw new CommandException(what + " is no bundle: its manifest can't be read (" + e.getMessage() + ")");
        }
    }

    /**
     * A fragment must not even be installed: the framework runs the activator of an extension (OSGi Core 3.15) at once, and starts again
     * as a whole to be rid of it. Its reader of manifests isn't Java's; whatever either of them drops or folds, the letters remain.
     */
    private static boolean isFragment(JarFile jar) throws IOException {
        try (var content = jar.getInputStream(jar.getEntry(JarFile.MANIFEST_NAME))) {
            var text = new String(content.readAllBytes(), StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
            return text.replaceAll("[^A-Z:-]", "").contains(FRAGMENT);
        }
    }

    private static Version version(String text) {
        return Version.parseVersion(text);
    }

    /** One manifest, where everybody looks for it: {@code JarInputStream} sees only one of the first two entries. */
    private static void checkManifestEntry(String what, Path file) throws CommandException, IOException {
        try (var zip = new ZipFile(file.toFile())) {
            var first = zip.stream().limit(2).map(entry -> entry.getName()).toList();
            var manifests = zip.stream().filter(entry -> entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME)).toList();
            if (manifests.isEmpty()) {
                throw new CommandException(what + " is no bundle: it has no " + JarFile.MANIFEST_NAME);
            }
            boolean atItsPlace = first.equals(List.of("META-INF/", JarFile.MANIFEST_NAME))
                    || first.get(0).equals(JarFile.MANIFEST_NAME);
            if (!atItsPlace) {
                throw new CommandException(what + " is refused: " + JarFile.MANIFEST_NAME + " must be its first entry, as jar(1) makes it; "
                        + "elsewhere not every reader finds it");
            }
            if (manifests.get(0).getSize() > MANIFEST_LIMIT) {
                throw new CommandException(what + " is refused: its manifest is larger than " + (MANIFEST_LIMIT >> 10) + " KiB");
            }
        }
    }

    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
