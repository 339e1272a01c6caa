package io.lodger.core.bundles.archive;

import io.lodger.command.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
            return new OfferedJar(file, name.split(";")[0].strip(), version(attributes.getValue(Constants.BUNDLE_VERSION)));
        } catch (IllegalArgumentException e) {
            throw new CommandException(what + " is no bundle: " + e.getMessage());
        } catch (IOException e) {
            throw new CommandException(what + " is no bundle: its manifest can't be read (" + e.getMessage() + ")");
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
