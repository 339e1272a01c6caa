package io.lodger.itests.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.itests.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that are run to their end, with what they say taken down. */
public final class Program {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Program() {
    }

    /**
     * How a program ended.
     *
     * @param output what it wrote to standard output
     * @param errors and to standard error
     */
    public record Ended(int status, String output, String errors) {

        /** Fails unless it ended well. */
        public Ended good() {
            assertEquals(0, status, () -> output + errors);
            return this;
        }
    }

    /** Runs {@code lodgerctl} from the built distribution. */
    public static Ended lodgerctl(Object... words) throws Exception {
        var line = new ArrayList<>(List.of(Distribution.bin("lodgerctl").toString()));
        List.of(words).forEach(word -> line.add(word.toString()));
        return run(new ProcessBuilder(line), PATIENCE);
    }

    /** Runs a program with nothing to read. */
    public static Ended run(Map<String, String> environment, Path folder, String... line) throws Exception {
        var builder = new ProcessBuilder(line).directory(folder.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        return run(builder, PATIENCE);
    }

    /** What a program of the JDK writes, which has to end well. */
    public static String jdk(String name, String... words) throws Exception {
        var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", name).toString()));
        line.addAll(List.of(words));
        return run(new ProcessBuilder(line), PATIENCE).good().output();
    }

    /** Runs a program; one that goes on for longer fails the test. */
    public static Ended run(ProcessBuilder builder, Duration patience) throws Exception {
        var output = Files.createTempFile("output", "");
        var errors = Files.createTempFile("errors", "");
        try {
            var process = builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException(builder.command() + " did not end within " + patience + ": " + Files.readString(output)
                        + Files.readString(errors));
            }
            return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
