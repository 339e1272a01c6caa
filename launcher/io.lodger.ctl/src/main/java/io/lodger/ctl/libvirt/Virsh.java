package io.lodger.ctl.libvirt;

import io.lodger.ctl.agent.AgentUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code virsh}, libvirt's own client, for one connection.
 *
 * @param program where it is
 * @param uri libvirt's connection, such as {@code qemu:///system}
 */
public record Virsh(String program, String uri) {
    /** The one in the path. */
    public Virsh(String uri) {
        this("virsh", uri);
    }

    /**
     * How it ended.
     *
     * @param errors what it said on standard error, without {@code error: }
     */
    record Outcome(int status, byte[] output, String errors) {
    }

    /** The names of the domains that run, in libvirt's order. */
    public List<String> running() throws AgentUnavailableException {
        var outcome = run(start(List.of("list", "--name")), Duration.ZERO);
        if (outcome.status() != 0) {
            throw new AgentUnavailableException("virsh cannot list the domains of " + uri + ": " + outcome.errors());
        }
        return new String(outcome.output(), StandardCharsets.UTF_8).lines().map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    /** Starts it. */
    Process start(List<String> arguments) throws AgentUnavailableException {
        var line = new ArrayList<>(List.of(program, "--quiet", "--connect", uri));
        line.addAll(arguments);
        var builder = new ProcessBuilder(line);
        // Its sentences are told apart, so they have to be in one language.
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new AgentUnavailableException("cannot run virsh, libvirt's client (Debian: libvirt-clients): " + e.getMessage());
        }
    }

    /**
     * Waits for its end.
     *
     * @param wait how long, at most; zero is for ever
     */
    Outcome run(Process process, Duration wait) throws AgentUnavailableException {
        var output = read(process.getInputStream());
        var errors = read(process.getErrorStream());
        try {
            if (wait.isZero()) {
                process.waitFor();
            } else if (!process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AgentUnavailableException("libvirt did not answer on " + uri + " within " + wait.toSeconds() + " s");
            }
            var said = new String(errors.join(), StandardCharsets.UTF_8).strip().replaceAll("(?m)^error: ", "").replace('\n', ' ');
            return new Outcome(process.exitValue(), output.join(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Both streams are read at once, so that none of them fills up. */
    private static CompletableFuture<byte[]> read(InputStream stream) {
        var content = new CompletableFuture<byte[]>();
        var thread = new Thread(() -> {
            try {
                content.complete(stream.readAllBytes());
            } catch (IOException e) {
                content.completeExceptionally(new UncheckedIOException(e));
            }
        }, "virsh");
        thread.setDaemon(true);
        thread.start();
        return content;
    }
}
