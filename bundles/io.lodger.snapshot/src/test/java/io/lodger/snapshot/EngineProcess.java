package io.lodger.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Another JVM that runs {@link EngineMain}, as the save helper does in earnest. */
final class EngineProcess {

    private EngineProcess() {
    }

    /** Takes one image; returns its facts. */
    static Map<String, String> save(long pid, Path image, String... options) throws Exception {
        return save(pid, image, 1, options).get(0);
    }

    /** Takes several images, with a number after a dot in their names when there are more than one; returns their facts. */
    static List<Map<String, String>> save(long pid, Path image, int count, String... options) throws Exception {
        var result = run(pid, image, count, "-", options);
        assertEquals(0, result.status(), result::errors);
        return List.of(result.output().split("\n\n")).stream().map(text -> text.lines()
                .collect(Collectors.toMap(line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1))))
                .toList();
    }

    /** Tries to take one; returns why that was refused. */
    static String refusal(long pid, Path image, String... options) throws Exception {
        var result = run(pid, image, 1, "-", options);
        assertEquals(EngineMain.FAILED, result.status(), result::toString);
        return result.errors().strip();
    }

    /** Tries to take one without a capability, named as setpriv(1) does; returns why that was refused. */
    static String refusalWithout(String capability, long pid, Path image) throws Exception {
        var result = await(start(List.of("setpriv", "--bounding-set=-" + capability), pid, image, 1, "-"), image);
        assertEquals(EngineMain.FAILED, result.status(), result::toString);
        return result.errors().strip();
    }

    /** Takes images with something happening at a stage. */
    static Result run(long pid, Path image, int count, String accident, String... options) throws Exception {
        return await(start(pid, image, count, accident, options), image);
    }

    private static Result await(Process process, Path image) throws Exception {
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return new Result(status, output, Files.readString(errors(image)));
    }

    /** Starts to take images. */
    static Process start(long pid, Path image, int count, String accident, String... options) throws IOException {
        return start(List.of(), pid, image, count, accident, options);
    }

    private static Process start(List<String> starter, long pid, Path image, int count, String accident, String... options)
            throws IOException {
        var command = new ArrayList<>(starter);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                EngineMain.class.getName(), Long.toString(pid), image.toString(), Integer.toString(count), accident));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectError(errors(image).toFile()).start();
    }

    private static Path errors(Path image) {
        return Path.of(image + ".errors");
    }

    /**
     * What became of it.
     *
     * @param status its exit status
     * @param output what it printed
     * @param errors what it complained of
     */
    record Result(int status, String output, String errors) {
    }
}
