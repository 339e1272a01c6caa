package io.lodger.save.process;

import io.lodger.save.protocol.AgentCalls;
import io.lodger.save.protocol.Completion;
import io.lodger.save.protocol.Frames;
import io.lodger.save.protocol.HelperCalls;
import io.lodger.save.protocol.Peer;
import io.lodger.save.protocol.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One helper, from its start to its end. It has ended when {@link #run} returns, however that is: a thread watches it, reads what it
 * writes to standard error, and ends it when it is to end or has nothing to say.
 */
public final class HelperProcess {

    private static final Duration HELLO_PATIENCE = Duration.ofSeconds(60);
    private static final Duration TERM_PATIENCE = Duration.ofSeconds(3);
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 50;
    private static final long NEVER = Long.MAX_VALUE;

    private final Process process;
    private final Runnable look;
    private final ErrorOutput errors = new ErrorOutput();
    private final Thread watch = new Thread(this::watch, "save-helper");
    private long deadline = after(HELLO_PATIENCE);
    private boolean terminated;
    private String reason;

    private HelperProcess(List<String> commandLine, Runnable look) throws IOException {
        this.look = look;
        try {
            process = new ProcessBuilder(commandLine).redirectError(errors.file().toFile()).start();
        } catch (IOException e) {
            errors.close();
            throw new IOException("the save helper can't be started: " + e.getMessage(), e);
        }
        errors.begun();
        watch.setDaemon(true);
        watch.start();
    }

    /** Starts a helper. */
    static HelperProcess start(List<String> commandLine, Runnable look) throws IOException {
        return new HelperProcess(commandLine, look);
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Has the helper do its task, and waits for its end.
     *
     * @param calls what answers the helper; on this thread, but for the completion, which doesn't get there
     * @return how the work came out; it may have failed
     * @throws IOException when the helper has not ended as it should; the message says how it has
     */
    public Completion run(Task task, AgentCalls calls, Supplier<Completion> completed) throws IOException {
        Optional<IOException> broken = Optional.empty();
        try {
            var frames = new Frames(process.getInputStream(), process.getOutputStream());
            frames.readHello();
            setDeadline(NEVER);
            var helper = new Peer<>(frames, HelperCalls.class, AgentCalls.class, calls);
            helper.remote().start(task);
            helper.serve();
            setDeadline(after(EXIT_PATIENCE));
        } catch (IOException e) {
            broken = Optional.of(e);
            end("it was ended because it does not keep to the protocol");
        } catch (RuntimeException | Error e) {
            end("it was ended because of " + e);
            throw e;
        } finally {
            awaitEnd();
        }
        return judge(broken, Optional.ofNullable(completed.get()));
    }

    private synchronized void setDeadline(long nanoTime) {
        if (!terminated) {
            deadline = nanoTime;
        }
    }

    private static long after(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    /** Asks the helper to end; kills it when it takes too long. Waits for neither. */
    public synchronized void end(String why) {
        if (!terminated) {
            terminated = true;
            reason = why;
            deadline = after(TERM_PATIENCE);
            process.destroy();
        }
    }

    private void watch() {
        try (errors) {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                errors.drain();
                look.run();
                checkDeadline();
            }
            errors.drain();
        } catch (InterruptedException | IOException e) {
            process.destroyForcibly();
        }
    }

    private synchronized void checkDeadline() {
        if (deadline == NEVER || System.nanoTime() - deadline < 0) {
            return;
        }
        if (terminated) {
            process.destroyForcibly();
            deadline = NEVER;
        } else {
            end("it was ended because it did not come to its end, or did not come up, in time");
        }
    }

    /** Waits also when this thread is interrupted: the watch sees to it that it doesn't take long. */
    private void awaitEnd() {
        boolean interrupted = false;
        while (watch.isAlive()) {
            try {
                watch.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Completion judge(Optional<IOException> broken, Optional<Completion> completion) throws IOException {
        var exit = Exit.of(process.exitValue()) + quoted() + (reason == null ? "" : "; " + reason);
        if (broken.isPresent()) {
            throw new IOException("the save helper failed: " + broken.get().getMessage() + "; " + exit, broken.get());
        }
        if (completion.isEmpty()) {
            throw new IOException("the save helper failed: " + exit + "; it said nothing of how the work came out");
        }
        if (process.exitValue() != 0) {
            throw new IOException("the save helper failed: " + exit + "; that was after it had said that the work is done");
        }
        return completion.get();
    }

    private String quoted() {
        return errors.tellingLine().isEmpty() || process.exitValue() == 0 ? "" : " ('" + errors.tellingLine() + "')";
    }
}
