package io.lodger.itests.guest.qemu;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A process of QEMU, with QMP on its standard input and output. It never outlives this one, however this one ends. */
public final class Qemu implements AutoCloseable {

    /** The program. */
    public static final String PROGRAM = "qemu-system-x86_64";

    /**
     * Starts all of them. The kernel ends QEMU when its parent ends (PR_SET_PDEATHSIG in prctl(2)), and the parent is the thread that
     * started it: one that stays as long as this process does.
     */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "qemu-starter");
        thread.setDaemon(true);
        return thread;
    });

    private final Process process;
    private final Path log;

    private Qemu(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts QEMU; what it says about errors goes to the log. */
    public static Qemu start(List<String> arguments, Path log) throws IOException {
        var command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", PROGRAM));
        command.addAll(arguments);
        command.addAll(List.of("-chardev", "stdio,id=qmp,signal=off", "-mon", "chardev=qmp,mode=control"));
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        try {
            return new Qemu(STARTER.submit(builder::start).get(), log);
        } catch (ExecutionException e) {
            throw new IOException("QEMU can't be started", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Its monitor; to be asked for once. */
    public Qmp monitor() throws IOException {
        try {
            return new Qmp(process.getInputStream(), process.getOutputStream());
        } catch (IOException e) {
            throw new IOException(e.getMessage() + ": " + log(), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for it to end by itself. */
    public void awaitEnd(Duration deadline) throws IOException {
        try {
            if (!process.waitFor(deadline.toMillis(), MILLISECONDS)) {
                throw new IOException("QEMU is still there after " + deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    public String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Ends it, with all that was written to its disks, and by force if it doesn't. */
    public void end(Qmp monitor) {
        try {
            monitor.execute("quit");
        } catch (IOException e) {
            // It has ended already, or won't; the process tells.
        }
        close(10);
    }

    /** Ends it by force. */
    @Override
    public void close() {
        close(0);
    }

    private void close(int seconds) {
        try {
            if (!process.waitFor(seconds, SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
