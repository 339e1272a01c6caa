package io.lodger.save.process;

import io.lodger.save.helper.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How a helper is started: with this JVM's own runtime and its class-data archive, so that it is there as soon as any JVM. */
final class HelperCommandLine {

    /** Further options for helpers, as words; what makes the class-data archive needs them. */
    private static final String OPTIONS = "lodger.helper.options";
    /** Further options for the agent's JVM, which are as good for its helpers. */
    private static final String AGENT_OPTIONS = "LODGER_JAVA_OPTIONS";
    private static final String HOME = "lodger.home";
    /** A helper takes the time that nobody else wants. An engine knows when something is urgent. */
    private static final List<String> LEAST_URGENT = List.of("/usr/bin/nice", "-n", "19");
    /** From this version on programs with native access say so. */
    private static final int NATIVE_ACCESS = 22;

    /** The launcher's README says what most of them are for. Unlike the agent, a helper may use the compiler that takes its time. */
    private static final List<String> FLAGS = List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+UseG1GC", "-XX:ParallelGCThreads=1", "-XX:ConcGCThreads=1", "-Xms8m", "-Xmx512m", "-XX:-UsePerfData",
            "-Xshare:auto", "-Xlog:disable", "-XX:+ErrorFileToStderr", "-XX:-CreateCoredumpOnCrash",
            "-Dsun.reflect.inflationThreshold=2147483647", "-Djdk.reflect.useNativeAccessorOnly=true",
            "-Dsun.misc.unsafe.memory.access=allow");
    /** What the launcher has found out for JNA, and where temporary files are to be. */
    private static final List<String> HANDED_ON = List.of("jna.boot.library.path", "jna.nounpack", "jna.nosys", "jna.tmpdir",
            "java.io.tmpdir");

    private HelperCommandLine() {
    }

    /** The command line for a helper with this class path. */
    static List<String> of(String classPath) {
        var line = new ArrayList<String>();
        if (Files.isExecutable(Path.of(LEAST_URGENT.get(0)))) {
            line.addAll(LEAST_URGENT);
        }
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(FLAGS);
        if (Runtime.version().feature() >= NATIVE_ACCESS) {
            line.add("--enable-native-access=ALL-UNNAMED");
        }
        var home = System.getProperty(HOME);
        if (home != null && Files.exists(Path.of(home, "lib", "lodger.jsa"))) {
            line.add("-XX:SharedArchiveFile=" + Path.of(home, "lib", "lodger.jsa"));
            line.add("-XX:ArchiveRelocationMode=0");
        }
        for (var name : HANDED_ON) {
            if (System.getProperty(name) != null) {
                line.add("-D" + name + "=" + System.getProperty(name));
            }
        }
        words(System.getenv(AGENT_OPTIONS)).forEach(line::add);
        words(System.getProperty(OPTIONS)).forEach(line::add);
        line.addAll(List.of("-cp", classPath, Main.class.getName()));
        return line;
    }

    private static Stream<String> words(String options) {
        return options == null ? Stream.empty() : Arrays.stream(options.trim().split("\\s+")).filter(word -> !word.isEmpty());
    }
}
