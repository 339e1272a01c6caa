package io.lodger.save.criu;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program criu(8), run to its end with a log file of its own. */
final class Criu {

    private static final List<String> STANDARD = List.of("/usr/local/sbin", "/usr/sbin", "/usr/bin", "/sbin");
    private static final File NOTHING = new File("/dev/null");

    private final Path program;

    Criu(Path program) {
        this.program = program;
    }

    /** Where it is installed: on the PATH, or where distributions keep programs of the administrator. */
    static Optional<Path> find() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")).filter(folder -> folder.startsWith("/")), STANDARD.stream())
                .map(folder -> Path.of(folder, "criu")).filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
    }

    /** Starts it; what it says goes to the file. */
    Process start(Path says, List<String> words) throws IOException {
        var line = new ArrayList<>(List.of(program.toString()));
        line.addAll(words);
        var builder = new ProcessBuilder(line).redirectInput(NOTHING).redirectErrorStream(true).redirectOutput(says.toFile());
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** Whether it says that it can work here; the reason why not otherwise. */
    static Optional<String> obstacle(Path program, long seconds) throws IOException, InterruptedException {
        var says = Files.createTempFile("lodger-criu-", ".log");
        try {
            var check = new Criu(program).start(says, List.of("check"));
            if (!check.waitFor(seconds, TimeUnit.SECONDS)) {
                check.destroyForcibly().waitFor();
                return Optional.of("'criu check' did not end within " + seconds + " s");
            }
            return check.exitValue() == 0 ? Optional.empty() : Optional.of("'criu check' says " + firstError(says));
        } finally {
            Files.deleteIfExists(says);
        }
    }

    /** The first error in a log of it, which is the one that led to the others; not that a process of its own has ended. */
    static String firstError(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("Error (") && !line.contains("): exited,")).findFirst()
                    .map(line -> "'" + line.strip() + "'").orElse("nothing");
        }
    }
}
