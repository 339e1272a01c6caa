package io.lodger.save.criu;

import io.lodger.save.engine.RestoreEngine;
import io.lodger.save.engine.SaveSession;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Saves and restores a tree of processes by criu(8). The target is the id of the tree's root. The payload is a zip archive, not
 * compressed, of the images that criu writes.
 */
public final class CriuEngine implements RestoreEngine {

    private static final int CHECK_SECONDS = 10;
    private static final String IMAGES = "images";
    private static final String LOG = "criu.log";
    /** What it says before it has a log. */
    private static final String OUTPUT = "output";
    private static final String PID_FILE = "restored.pid";

    /** Options of criu that may be given, each {@code true} or {@code false}. */
    private static final Set<String> SWITCHES = Set.of("tcp-established", "ext-unix-sk", "file-locks", "shell-job", "evasive-devices",
            "link-remap", "tcp-close");
    private static final String FOLDER = "folder";
    private static final String DEFAULT_FOLDER = "/var/tmp";

    /** Where criu is installed. */
    public static Optional<Path> program() {
        return Criu.find();
    }

    @Override
    public String name() {
        return "criu";
    }

    @Override
    public Optional<String> obstacle() throws IOException, InterruptedException {
        var program = program();
        return program.isEmpty() ? Optional.of("there is no program criu (Debian package criu)")
                : Criu.obstacle(program.get(), CHECK_SECONDS);
    }

    @Override
    public Map<String, String> save(String target, Map<String, String> options, SaveSession session) throws Exception {
        if (!target.matches("[1-9][0-9]*") || !Files.isDirectory(Path.of("/proc", target))) {
            throw new IOException("'" + target + "' is not the id of a process");
        }
        var switches = switches(options);
        var folder = folder(options);
        session.onCancel(() -> remove(folder));
        try (var steps = new NotifySteps(folder, session)) {
            var words = new ArrayList<>(List.of("dump", "-t", target, "-D", folder.resolve(IMAGES).toString(), "--leave-running",
                    "-v2", "-o", folder.resolve(LOG).toString(), "--action-script", steps.script().toString()));
            words.addAll(switches);
            session.progress("criu dumps " + target, 0, 0);
            run(words, folder, steps, session, "dump " + target);
            long size = Archive.write(folder.resolve(IMAGES), session);
            session.checkpoint();
            session.resume();
            return Map.of("root-pid", target, "archive", "zip", "images-size", String.valueOf(size));
        } finally {
            remove(folder);
        }
    }

    @Override
    public Map<String, String> restore(ReadableByteChannel image, Map<String, String> options, SaveSession session) throws Exception {
        var switches = switches(options);
        var folder = folder(options);
        session.onCancel(() -> remove(folder));
        try (var steps = new NotifySteps(folder, session)) {
            Archive.read(image, folder.resolve(IMAGES));
            var pidFile = folder.resolve(PID_FILE);
            var words = new ArrayList<>(List.of("restore", "-D", folder.resolve(IMAGES).toString(), "--restore-detached", "--pidfile",
                    pidFile.toString(), "-v2", "-o", folder.resolve(LOG).toString(), "--action-script", steps.script().toString()));
            words.addAll(switches);
            run(words, folder, steps, session, "restore");
            return Map.of("pid", Files.readString(pidFile).strip());
        } finally {
            remove(folder);
        }
    }

    private static void run(List<String> words, Path folder, NotifySteps steps, SaveSession session, String what)
            throws IOException, InterruptedException {
        var criu = new Criu(program().orElseThrow(() -> new IOException("criu is gone"))).start(folder.resolve(OUTPUT), words);
        session.onCancel(criu::destroy);
        int status = steps.await(criu);
        if (status != 0) {
            var log = folder.resolve(LOG);
            throw new IOException("criu could not " + what + " (status " + status + "): "
                    + Criu.firstError(Files.exists(log) ? log : folder.resolve(OUTPUT)));
        }
    }

    private static List<String> switches(Map<String, String> options) throws IOException {
        var words = new ArrayList<String>();
        for (var option : options.entrySet()) {
            if (SWITCHES.contains(option.getKey()) && option.getValue().matches("true|false")) {
                if (option.getValue().equals("true")) {
                    words.add("--" + option.getKey());
                }
            } else if (!option.getKey().equals(FOLDER)) {
                throw new IOException("the engine criu has no option '" + option.getKey() + "' of the value '" + option.getValue()
                        + "'; there is '" + FOLDER + "', in which its images are kept meanwhile, and with true or false: "
                        + String.join(", ", SWITCHES.stream().sorted().toList()));
            }
        }
        return words;
    }

    private static Path folder(Map<String, String> options) throws IOException {
        var folder = Files.createTempDirectory(Path.of(options.getOrDefault(FOLDER, DEFAULT_FOLDER)), "lodger-criu-");
        Files.createDirectory(folder.resolve(IMAGES));
        return folder;
    }

    /** Removes what was kept meanwhile; what can't be removed stays. */
    private static void remove(Path folder) {
        try (var contents = Files.walk(folder)) {
            contents.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.err.println(folder + " can't be removed: " + e);
        }
    }
}
