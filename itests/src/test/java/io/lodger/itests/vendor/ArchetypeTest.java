package io.lodger.itests.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.AgentProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The golden project: what the archetype gives, made by the real plugin, outside of the reactor. */
class ArchetypeTest {

    private static final int MOST_LINES = 30;

    @TempDir
    private Path folder;

    @Test
    void oneCommandGivesASignedAndTestedBundleThatAGuestAccepts() throws Exception {
        var key = VendorKey.make(Files.createDirectory(folder.resolve("home")));
        try (var repository = new VendorRepository().withRelease()) {
            var made = Program.run(repository.environment(key.folder()), Files.createDirectory(folder.resolve("work")), "mvn", "-B", "-ntp",
                    "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate", "-DarchetypeGroupId=io.lodger",
                    "-DarchetypeArtifactId=io.lodger.archetype", "-DarchetypeVersion=1.0.0-SNAPSHOT", "-DgroupId=org.acme",
                    "-DartifactId=org.acme.welcome", "-Dversion=2.1.0", "-Dprefix=acme", "-Dgoals=verify").good();
            assertTrue(made.output().contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0"), made.output());
        }
        var project = folder.resolve("work/org.acme.welcome");
        var jar = project.resolve("target/org.acme.welcome-2.1.0.jar");
        assertTrue(Files.readAllLines(project.resolve("src/main/java/org/acme/welcome/Greet.java")).size() < MOST_LINES);
        assertEquals(List.of(), leftovers(project));
        assertTrue(Program.lodgerctl("bundle", "verify", jar, "--truststore", key.trustStore()).good().output()
                .contains("is signed by CN=A vendor"));
        try (var agent = AgentProcess.lodger(folder, key.agentOptions())) {
            agent.connectWhenReady().close();
            assertEquals("""
                BUNDLE            BEFORE  AFTER  COMMANDS
                org.acme.welcome  -       2.1.0  acme-greet
                """, Program.lodgerctl("--socket", agent.socket(), "bundle", "install", jar).good().output());
            assertEquals("\"Hello, Ada\"\n",
                    Program.lodgerctl("--socket", agent.socket(), "call", "acme-greet", "name=Ada").good().output());
        }
    }

    /** Lines with what the archetype should have replaced. */
    private static List<String> leftovers(Path project) throws Exception {
        try (var files = Files.walk(project.resolve("src"))) {
            var texts = files.filter(Files::isRegularFile).toList();
            var lines = new ArrayList<String>();
            for (var text : texts) {
                Files.readAllLines(text).stream().filter(line -> line.contains("${")).forEach(lines::add);
            }
            Files.readAllLines(project.resolve("README.md")).stream().filter(line -> line.contains("${")).forEach(lines::add);
            return lines;
        }
    }
}
