package io.lodger.itests;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** An agent that runs as a process of its own and listens on a Unix socket: Lodger as it was built, or the real qemu-ga. */
public final class AgentProcess implements AutoCloseable {

    /** How often it is looked whether the agent listens; small beside the start of any process. */
    private static final long POLL_NANOS = 500_000;

    private final Process process;
    private final Path socket;
    private final Path log;

    private AgentProcess(List<String> command, String java, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        socket = folder.resolve(name + ".sock");
        log = folder.resolve(name + ".log");
        Files.deleteIfExists(socket);
        var line = new ArrayList<>(command);
        line.addAll(List.of("-m", "unix-listen", "-p", socket.toString(), "-t", folder.toString()));
        var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        if (java != null) {
            builder.environment().put("LODGER_JAVA", java);
        }
        process = builder.start();
    }

    /** Lodger from the built distribution; its state goes to the folder. */
    public static AgentProcess lodger(Path folder, String... options) throws IOException {
        return started(List.of(), List.of(Distribution.bin("lodger").toString()), folder, "lodger", options);
    }

    /** Lodger, started by another program, such as one that makes a network namespace. */
    public static AgentProcess lodgerBy(List<String> starter, Path folder, String... options) throws IOException {
        return started(starter, List.of(Distribution.bin("lodger").toString()), folder, "lodger", options);
    }

    /** The real qemu-ga, started by another program if any. */
    public static AgentProcess qemuGa(List<String> starter, Path folder, String... options) throws IOException {
        return started(starter, List.of(qemuGaPath().orElseThrow().toString()), folder, "qemu-ga", options);
    }

    /** Any agent that takes qemu-ga's options; {@code java} is the one Lodger is to run on, or null. */
    public static AgentProcess started(List<String> command, String java, Path folder) throws IOException {
        return new AgentProcess(command, java, folder, "agent");
    }

    /** Where qemu-ga is installed. */
    public static Optional<Path> qemuGaPath() {
        return List.of(Path.of("/usr/sbin/qemu-ga"), Path.of("/usr/bin/qemu-ga")).stream().filter(Files::isExecutable).findFirst();
    }

    private static AgentProcess started(List<String> starter, List<String> program, Path folder, String name, String... options)
            throws IOException {
        var command = new ArrayList<>(starter);
        command.addAll(program);
        command.addAll(List.of(options));
        return new AgentProcess(command, null, folder, name);
    }

    /** Connects as soon as the agent listens. */
    public Host connect() throws IOException {
        long deadline = System.nanoTime() + Host.PATIENCE.toNanos();
        while (true) {
            try {
                return new Host(socket);
            } catch (SocketException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("the agent doesn't listen" + (process.isAlive() ? "" : " and has ended") + ": " + log(), e);
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /** A connection to an agent whose bundles are all up. */
    public Host connectWhenReady() throws IOException {
        var host = connect();
        host.ask("{'execute': 'guest-info'}");
        return host;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path socket() {
        return socket;
    }

    /** What the agent wrote to its standard output and error. */
    public String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Sends SIGTERM and gives the exit status; fails when the agent is still there after the time. */
    public int terminate(int seconds) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(seconds, SECONDS)) {
            throw new AssertionError("the agent is still there " + seconds + " s after SIGTERM");
        }
        return process.exitValue();
    }

    /** Sends SIGTERM and waits for nothing. */
    public void signal() {
        process.destroy();
    }

    /** Sends SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** A figure of {@code /proc/PID/smaps_rollup}, in KiB. */
    public long memory(String figure) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid() + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(figure + ":")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst().orElseThrow();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
