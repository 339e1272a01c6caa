package io.lodger.core.bundles.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.TestJar;
import io.lodger.core.bundles.store.BundleStore;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that aren't what they seem, and what is to be said of them. */
class OfferTest {

    @TempDir
    private Path folder;

    private Offer offer(Path file) throws Exception {
        return Offer.of(file, new BundleStore(folder.resolve("store")));
    }

    private void assertRefused(Path file, String why) {
        var e = assertThrows(CommandException.class, () -> offer(file));
        assertTrue(e.getMessage().startsWith(file.toString()) || e.getMessage().contains(" in " + file), e.getMessage());
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @AfterEach
    void nothingIsLeftOfWhatIsRefused() throws Exception {
        var staging = folder.resolve("store/staging");
        if (Files.exists(staging)) {
            try (var left = Files.list(staging)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    private static TestJar good() {
        return TestJar.bundle("com.example.hello", "1.0.0");
    }

    @Test
    void aBundleIsKnownByItsManifest() throws Exception {
        var offer = offer(good().write(folder.resolve("x.jar")));
        assertEquals("com.example.hello 1.0.0", offer.toString());
        offer.discard();
    }

    @Test
    void whatIsNoBundleIsNamed() throws Exception {
        assertRefused(folder.resolve("none.jar"), "is no file in the guest");
        assertRefused(Files.writeString(folder.resolve("text.jar"), "no jar"), "is no zip file that can be read");
        assertRefused(new TestJar().write(folder.resolve("plain.jar")), "its manifest has no Bundle-SymbolicName");
        assertRefused(new TestJar().header("Bundle-SymbolicName: x").write(folder.resolve("old.jar")), "Bundle-ManifestVersion is not 2");
        assertRefused(TestJar.bundle("x", "one").write(folder.resolve("version.jar")), "is no bundle: ");
    }

    @Test
    void aFragmentIsRefusedHoweverItsManifestIsWritten() throws Exception {
        for (var header : List.of("fragment-HOST: x\n", "Bundle-Name: x\rFragment-Host: x\n", "\nName: x\nFragment-Host: x\n",
                "Bundle-Name: Fragment-\r\n Host: x\n")) {
            var jar = folder.resolve("fragment.jar");
            // As it stands here, which Java's own writer of manifests would not leave it.
            try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
                zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
                zip.write(("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: x\n" + header).getBytes());
            }
            assertRefused(jar, "it is a fragment");
        }
        offer(good().header("Bundle-Description: no Fragment-Host").write(folder.resolve("named.jar"))).discard();
    }

    @Test
    void aZipBombIsRefusedBeforeItUnpacks() throws Exception {
        assertRefused(good().entry("zeros", new byte[64 << 20]).write(folder.resolve("bomb.jar")),
                "has the entry zeros, which unpacks to more than 200 times its size");
    }

    @Test
    void moreEntriesThanAnyBundleHasAreRefused() throws Exception {
        var jar = good();
        for (int i = 0; i < 20_000; i++) {
            jar.entry("e" + i, "");
        }
        assertRefused(jar.write(folder.resolve("many.jar")), "has 20001 entries; more than 20000 are not accepted");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws Exception {
        var file = folder.resolve("large.jar");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(Offer.SIZE_LIMIT + 1);
        }
        assertRefused(file, "is larger than 64 MiB");
    }

    @Test
    void namesThatLeadOutAreRefused() throws Exception {
        assertRefused(good().entry("../etc/passwd", "x").write(folder.resolve("a.jar")), "'../etc/passwd', which leads out of it");
        assertRefused(good().entry("a/../../b", "x").write(folder.resolve("b.jar")), "'a/../../b', which leads out of it");
        assertRefused(good().entry("/etc/passwd", "x").write(folder.resolve("c.jar")), "'/etc/passwd', which is no relative path");
        assertRefused(good().entry("a\\b", "x").write(folder.resolve("d.jar")), "'a\\b', which is no relative path");
    }

    @Test
    void anEntryThatIsThereTwiceIsRefused() throws Exception {
        // No tool writes such a file, so a name is changed to that of another in the bytes.
        var jar = good().entry("a.txt", "one").entry("b.txt", "two").write(folder.resolve("twice.jar"));
        replaceBytes(jar, "b.txt", "a.txt");
        assertRefused(jar, "has the entry a.txt twice");
        assertRefused(good().entry("meta-inf/manifest.mf", "x").write(folder.resolve("case.jar")),
                "has the entry meta-inf/manifest.mf twice");
    }

    @Test
    void aJarThatIsAnotherOneWhenReadFromItsBeginningIsRefused() throws Exception {
        // Only the names in the directory at the end are changed: JarInputStream and JarFile disagree.
        var jar = good().entry("a.txt", "one").write(folder.resolve("two-faced.jar"));
        var bytes = new String(Files.readAllBytes(jar), StandardCharsets.ISO_8859_1);
        int last = bytes.lastIndexOf("a.txt");
        Files.write(jar, (bytes.substring(0, last) + "c.txt" + bytes.substring(last + 5)).getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(jar, "");
    }

    @Test
    void aManifestThatNotEveryReaderFindsIsRefused() throws Exception {
        var jar = folder.resolve("late.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var name : List.of("a.txt", "META-INF/MANIFEST.MF")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: x\n".getBytes());
            }
        }
        assertRefused(jar, "META-INF/MANIFEST.MF must be its first entry");
    }

    @Test
    void aFeatureIsReadWithItsJars() throws Exception {
        var offer = offer(archive("{\"id\": \"com.example:tools:1.2.0\", \"bundles\": [{\"id\": \"com.example:com.example.hello:1.0.0\"}]}",
                "com.example.hello-1.0.0.jar"));
        assertEquals("com.example:tools 1.2.0", offer.toString());
        assertEquals("com.example.hello 1.0.0", offer.jars().get(0).toString());
        offer.discard();
    }

    @Test
    void aFeatureThatIsNotWholeIsRefused() throws Exception {
        var one = "\"bundles\": [\"g:com.example.hello:1.0.0\"]";
        assertRefused(archive("[]", "x.jar"), "its feature.json is no feature of OSGi Compendium 159");
        assertRefused(archive("{" + one + "}", "com.example.hello-1.0.0.jar"), "must give the feature's id as GROUP:ARTIFACT:VERSION");
        assertRefused(archive("{\"id\": \"g:a:1\"}", "x.jar"), "its feature names 0 bundles; from 1 to 64 are accepted");
        assertRefused(archive("{\"id\": \"g:a:1\", " + one + "}", "x.jar"), "a bundle whose jar com.example.hello-1.0.0.jar is not in it");
        assertRefused(archive("{\"id\": \"g:a:1\", " + one + "}", "com.example.hello-1.0.0.jar", "more.jar"),
                "it holds more.jar, which its feature doesn't name");
        assertRefused(archive("{\"id\": \"g:a:1\", \"configurations\": {\"pid\": {}}, " + one + "}", "com.example.hello-1.0.0.jar"),
                "its feature has configurations; only bundles can be added");
        assertRefused(archive("{\"id\": \"g:a:1\", \"bundles\": [\"g:a:1\", \"g:b:1\"]}", "a-1.jar", "b-1.jar"),
                "it holds the bundle com.example.hello twice");
    }

    private Path archive(String feature, String... jars) throws Exception {
        var jar = Files.readAllBytes(good().write(folder.resolve("inner.jar")));
        var file = Files.createTempFile(folder, "feature", ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("feature.json"));
            zip.write(feature.getBytes());
            for (var name : jars) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(jar);
            }
        }
        assertFalse(Files.size(file) == 0);
        return file;
    }

    private static void replaceBytes(Path file, String from, String to) throws Exception {
        var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).replace(from, to);
        Files.write(file, bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
