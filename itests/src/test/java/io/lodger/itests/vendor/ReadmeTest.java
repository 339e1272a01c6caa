package io.lodger.itests.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Write a command in five minutes", every line of it, with an agent on this machine; in a guest: {@code ReadmeGuestTest}. */
public class ReadmeTest {

    @TempDir
    private Path folder;

    @Test
    void everyLineOfTheReadmeWorks() throws Exception {
        follow("", folder, Duration.ofMinutes(10));
    }

    /**
     * Does what the README says, in a copy of the checkout, with a home and a Maven repository of its own.
     *
     * @param option for launcher/run, in place of the README's
     */
    public static void follow(String option, Path folder, Duration patience) throws Exception {
        var readme = Readme.read();
        assertEquals("launcher/run --vm sh", readme.first());
        // As it was checked out and built; what is installed from it is built there again.
        var checkout = folder.resolve("checkout");
        Await.success(new ProcessBuilder("cp", "-a", "--reflink=auto", Distribution.checkout().toString(), checkout.toString()));
        var script = Files.writeString(folder.resolve("script"), readme.script());
        var home = Files.createDirectory(folder.resolve("home"));
        try (var repository = new VendorRepository()) {
            // Every line has to succeed, and is shown before it is carried out.
            var line = (checkout.resolve("launcher/run") + " " + option + " sh -ex").split(" +");
            var builder = new ProcessBuilder(line).directory(checkout.toFile()).redirectInput(script.toFile());
            builder.environment().putAll(repository.environment(home));
            builder.environment().put("TMPDIR", Files.createDirectory(folder.resolve("tmp")).toString());
            var ended = Program.run(builder, patience);
            assertEquals(0, ended.status(), () -> ended.output() + ended.errors());
            for (var said : readme.said()) {
                assertTrue(ended.output().contains(said), () -> said + " is missing in " + ended.output());
            }
        } finally {
            // JUnit would warn of each link in it.
            Await.success(new ProcessBuilder("rm", "-rf", checkout.toString()));
        }
    }
}
