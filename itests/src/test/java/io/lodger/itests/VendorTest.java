package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor's project, outside the reactor, built with nothing but the published contract and testkit. */
class VendorTest {

    private static final int MOST_LINES = 30;
    private static final String VERSION = "1.0.0-SNAPSHOT";

    private final Path project = Distribution.checkout().resolve("itests/vendor/com.example.hello");

    @TempDir
    private Path folder;

    @Test
    void aBundleBuiltByAVendorAnswersInTheRunningAgent() throws Exception {
        var source = folder.resolve("project");
        Await.success(new ProcessBuilder("cp", "-r", project.toString(), source.toString()));
        Await.success(new ProcessBuilder("mvn", "-q", "-B", "-ntp", "-Dmaven.repo.local=" + publishedRepository(), "verify")
                .directory(source.toFile()));
        var jar = source.resolve("target/com.example.hello-1.0.0.jar");
        try (var agent = AgentProcess.lodger(folder, DistributionTest.unsignedBundlesAllowed()); var host = agent.connectWhenReady()) {
            var installed = host.ask("{'execute': 'lodger-bundle-install', 'arguments': {'path': '" + jar + "'}}");
            assertTrue(installed.contains("\"commands\": [\"example-greet\"]"), installed);
            assertEquals("{\"return\": \"Hello, Ada\"}", host.ask("{'execute': 'example-greet', 'arguments': {'name': 'Ada'}}"));
        }
    }

    /** A repository that holds what the build has downloaded already, and Lodger's artifacts as a release would put them there. */
    private Path publishedRepository() throws Exception {
        var repository = folder.resolve("repository");
        Await.success(new ProcessBuilder("cp", "-a", "--reflink=auto", System.getProperty("lodger.repository"), repository.toString()));
        var bundles = Distribution.checkout().resolve("bundles");
        publish(repository, Distribution.checkout(), "lodger");
        publish(repository, bundles, "io.lodger.bundles");
        for (var artifact : List.of("io.lodger.command", "io.lodger.command.testkit", "io.lodger.core", "io.lodger.posix")) {
            publish(repository, bundles.resolve(artifact), artifact);
        }
        return repository;
    }

    private static void publish(Path repository, Path module, String artifact) throws IOException {
        var place = Files.createDirectories(repository.resolve("io/lodger").resolve(artifact).resolve(VERSION));
        var name = artifact + "-" + VERSION;
        Files.copy(module.resolve("pom.xml"), place.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        var jar = module.resolve("target").resolve(name + ".jar");
        if (Files.exists(jar)) {
            Files.copy(jar, place.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void theCommandOfTheReadmeTakesFewLines() throws IOException {
        try (var lines = Files.lines(project.resolve("src/main/java/com/example/hello/Greet.java"))) {
            assertTrue(lines.count() < MOST_LINES);
        }
    }
}
