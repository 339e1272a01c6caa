package io.lodger.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.snapshot.process.ProcessFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/** A program of src/test/resources/programs, compiled by gcc, that runs as a process of its own and answers each line with one. */
final class TargetProcess implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final List<String> ready;
    private final int pid;

    private TargetProcess(Process process, ToIntFunction<Process> otherPid) throws IOException {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.ready = List.of(line().split(" "));
        assertEquals("ready", ready.get(0));
        int other = otherPid.applyAsInt(process);
        this.pid = other == 0 ? Integer.parseInt(ready.get(1)) : other;
    }

    /** Compiles a program; flags may add to the usual ones. */
    static Path compile(Path folder, String source, String... flags) throws Exception {
        var file = folder.resolve(source);
        try (var resource = TargetProcess.class.getResourceAsStream("/programs/" + source)) {
            Files.write(file, resource.readAllBytes());
        }
        var program = folder.resolve(source.substring(0, source.indexOf('.')));
        var command = new ArrayList<>(List.of("gcc", "-g", "-O1", "-pthread", "-o", program.toString(), file.toString()));
        command.addAll(List.of(flags));
        run(command.toArray(String[]::new));
        return program;
    }

    /** Runs a command that must succeed; returns what it printed. */
    static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + text);
        return text;
    }

    /** Starts one, which prints a line beginning with {@code ready} and its own process id. */
    static TargetProcess start(String... command) throws IOException {
        return start(process -> 0, command);
    }

    /** Starts one whose process id is another here than where it runs; the function finds it. */
    static TargetProcess start(ToIntFunction<Process> otherPid, String... command) throws IOException {
        return new TargetProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start(), otherPid);
    }

    /** Waits for something with a deadline. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, () -> "in vain: " + what);
            Thread.onSpinWait();
        }
    }

    /** Its process id. */
    int pid() {
        return pid;
    }

    /** The process that was started, which may be another program's that has started this one. */
    Process process() {
        return process;
    }

    /** A number that it has printed after {@code ready} and its id, such as an address. */
    long said(int index) {
        return Long.decode(ready.get(index + 2));
    }

    /** Asks; returns the words of its answer. */
    long[] ask() throws IOException {
        input.write("\n");
        input.flush();
        return List.of(line().split(" ")).stream().mapToLong(Long::parseLong).toArray();
    }

    /** Asks the program threads.c whether anything went wrong, and waits until it has counted on. */
    void assertUnharmed() throws IOException {
        long first = ask()[0];
        await("the program to count on", () -> answer()[0] > first);
        var last = ask();
        assertEquals(last[0], last[1], "counters under one lock");
        assertEquals(0, last[2], "calls that failed");
        assertEquals(0, last[3], "signs of children");
    }

    /** Asks, where an exception can't be thrown. */
    long[] answer() {
        try {
            return ask();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line of its output. */
    String line() throws IOException {
        var line = output.readLine();
        assertTrue(line != null, "the target has ended");
        return line;
    }

    /** A line of its status file. */
    String status(String name) throws IOException {
        return ProcessFacts.status(ProcessFacts.folder(pid)).get(name);
    }

    /** Its threads' ids in ascending order; none when it has ended. */
    List<Integer> threads() {
        try (var tasks = Files.list(ProcessFacts.folder(pid).resolve("task"))) {
            return tasks.map(task -> Integer.parseInt(task.getFileName().toString())).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** All processes, zombies too, that are children of it, and those that run the very same file. */
    List<String> relatives() {
        var found = new ArrayList<String>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            var program = Files.readSymbolicLink(ProcessFacts.folder(pid).resolve("exe"));
            for (var folder : processes) {
                if (!folder.endsWith(Integer.toString(pid)) && isRelative(folder, program)) {
                    found.add(folder.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private boolean isRelative(Path folder, Path program) {
        try {
            return ProcessFacts.status(folder).get("PPid").equals(Integer.toString(pid))
                    || Files.readSymbolicLink(folder.resolve("exe")).equals(program);
        } catch (IOException e) {
            // It has ended, or is a thread of the kernel.
            return false;
        }
    }

    @Override
    public void close() {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await("its end", () -> !process.isAlive());
    }
}
