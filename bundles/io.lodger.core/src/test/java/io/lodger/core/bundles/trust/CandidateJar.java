package io.lodger.core.bundles.trust;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandException;
import io.lodger.core.BundleConfiguration;
import io.lodger.core.bundles.TestJar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A bundle of which {@link Trust} decides whether it is accepted.
 *
 * @param file hello.jar, with the entries a.txt and b.txt
 * @param trustStore the certificates that decide; the deny list is deny.list beside the jar
 */
record CandidateJar(Path file, Path trustStore) {

    /** A new one, not signed yet. */
    static CandidateJar in(Path folder, Path trustStore) throws IOException {
        return new CandidateJar(TestJar.bundle("com.example.hello", "1.0.0").entry("a.txt", "first").entry("b.txt", "second")
                .write(folder.resolve("hello.jar")), trustStore);
    }

    Optional<String> accept() throws Exception {
        return accept(Instant.now(), trustStore);
    }

    Optional<String> accept(Instant at, Path store) throws Exception {
        var folder = file.getParent();
        return new Trust(new BundleConfiguration(folder, true, store, "changeit", folder.resolve("deny.list"), Optional.empty(),
                folder.resolve("audit.log"), false)).accept("hello.jar", file, at);
    }

    void assertRefused(String why) {
        var e = assertThrows(CommandException.class, this::accept);
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    /** Writes an entry, new or in place of the one there is. */
    void change(String entry, String content) throws IOException {
        try (var zip = open()) {
            Files.writeString(zip.getPath(entry), content);
        }
    }

    void remove(String entry) throws IOException {
        try (var zip = open()) {
            Files.delete(zip.getPath(entry));
        }
    }

    String read(String entry) throws IOException {
        try (var zip = open()) {
            return Files.readString(zip.getPath(entry));
        }
    }

    private FileSystem open() throws IOException {
        return FileSystems.newFileSystem(URI.create("jar:" + file.toUri()), Map.of());
    }
}
