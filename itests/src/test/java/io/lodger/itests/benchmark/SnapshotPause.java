package io.lodger.itests.benchmark;

import com.google.gson.JsonParser;
import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import io.lodger.itests.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * For how long a process is stopped while it is snapshotted, by its own clock, beside gdb's gcore, CRIU, a stop-and-copy and the process's
 * own fork; and how fast the image is written, beside dd and memcpy.
 */
final class SnapshotPause {

    private static final List<Integer> SIZES = List.of(100, 1024, 4096);
    private static final int ROUNDS = 5;

    private final Path folder;
    private final Path tool;
    private final Host host;

    private SnapshotPause(Path folder, Host host) throws Exception {
        this.folder = folder;
        this.host = host;
        this.tool = compile("stopcopy");
    }

    static void run(Path folder) throws Exception {
        try (var agent = AgentProcess.lodger(folder.resolve("pause")); var host = agent.connectWhenReady()) {
            new SnapshotPause(folder, host).measureAll();
        }
    }

    private void measureAll() throws Exception {
        var program = compile("pauses");
        for (int size : SIZES) {
            var process = new ProcessBuilder(program.toString(), Integer.toString(size)).redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                measure(process, size);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Path compile(String name) throws Exception {
        var source = folder.resolve(name + ".c");
        try (var resource = SnapshotPause.class.getResourceAsStream("/snapshot/" + name + ".c")) {
            Files.write(source, resource.readAllBytes());
        }
        Await.success(new ProcessBuilder("gcc", "-O2", "-o", folder.resolve(name).toString(), source.toString()));
        return folder.resolve(name);
    }

    private void measure(Process target, int size) throws Exception {
        var answers = target.inputReader(StandardCharsets.US_ASCII);
        var pid = answers.readLine().split(" ")[1];
        // In memory, so that no disk takes part in anybody's pause.
        var images = Files.createTempDirectory(Path.of("/dev/shm"), "lodger");
        var image = images.resolve("image").toString();
        double[] fork = new double[ROUNDS];
        double[] lodger = new double[ROUNDS];
        double[] gcore = new double[ROUNDS];
        double[] criu = new double[ROUNDS];
        double[] copy = new double[ROUNDS];
        double[][] speeds = new double[4][ROUNDS];
        try {
            for (int i = 0; i < ROUNDS; i++) {
                fork[i] = ask(target, answers, 'f') / 1e3;
                lodger[i] = pause(target, answers, images, () -> snapshot(pid, image));
                copy[i] = pause(target, answers, images, () -> run(tool.toString(), pid, image));
                gcore[i] = pause(target, answers, images, () -> run("gcore", "-o", image, pid));
                criu[i] = pause(target, answers, images, () -> run("criu", "dump", "--leave-running", "--shell-job", "-D",
                        images.toString(), "-t", pid));
                speeds[0][i] = ask(target, answers, 'm');
                speeds[1][i] = Double.parseDouble(output(command(pid, "/dev/null")));
                var file = folder.resolve("snapshot");
                speeds[2][i] = dd(file, size);
                speeds[3][i] = Double.parseDouble(output(command(pid, file.toString())));
                Files.delete(file);
            }
        } finally {
            clear(images);
            Files.delete(images);
        }
        var title = "pause at " + size + " MB";
        Table.row(title, "ms", "its own fork", fork, lodger);
        Table.row(title, "ms", "stop and copy", copy, lodger);
        Table.row(title, "ms", "gcore", gcore, lodger);
        if (criu[0] > 0) {
            Table.row(title, "ms", "criu --leave-running", criu, lodger);
        }
        Table.row("snapshot of " + size + " MB to /dev/null", "MB/s", "memcpy", speeds[0], speeds[1]);
        Table.row("snapshot of " + size + " MB to a file", "MB/s", "dd", speeds[2], speeds[3]);
    }

    private static double ask(Process target, BufferedReader answers, char command) throws IOException {
        target.getOutputStream().write(command);
        target.getOutputStream().flush();
        return Double.parseDouble(answers.readLine());
    }

    /** Milliseconds; 0 when the program doesn't work here. */
    private static double pause(Process target, BufferedReader answers, Path images, Callable<Boolean> work) throws Exception {
        ask(target, answers, 'g');
        boolean done = work.call();
        double taken = ask(target, answers, 'g') / 1e3;
        clear(images);
        return done ? taken : 0;
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    /** By the built agent and its helper. */
    private boolean snapshot(String pid, String image) throws IOException {
        var started = host.ask("{'execute': 'lodger-save', 'arguments': {'engine': 'fork', 'target': '" + pid + "', 'path': '" + image
                + "', 'compression': 'none'}}");
        var job = JsonParser.parseString(started).getAsJsonObject().getAsJsonObject("return").get("job").getAsString();
        var ended = host.ask("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + job + "', 'timeout': 60}}");
        return ended.contains("\"state\": \"succeeded\"");
    }

    private static List<String> command(String pid, String file) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                SnapshotProcess.class.getName(), pid, file);
    }

    private static String output(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        process.waitFor();
        return text;
    }

    /** MB a second of dd from /dev/zero. */
    private static double dd(Path file, int size) throws Exception {
        long before = System.nanoTime();
        Await.success(new ProcessBuilder("dd", "if=/dev/zero", "of=" + file, "bs=4M",
                String.format(Locale.ROOT, "count=%d", size / 4)));
        return ((long) size << 20) * 1e3 / (System.nanoTime() - before);
    }

    private static void clear(Path images) throws IOException {
        try (var files = Files.walk(images)) {
            for (var file : files.sorted(Comparator.reverseOrder()).filter(file -> !file.equals(images)).toList()) {
                Files.delete(file);
            }
        }
    }
}
