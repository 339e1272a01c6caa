package io.lodger.save.criu;

import io.lodger.save.engine.SaveSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What criu(8) tells a script on its way (option {@code --action-script}), handed to those who take part in a save: {@code pre-dump} is
 * suspend, {@code post-dump} is postcopy, {@code post-resume} is resume. The script waits for the answer, and so does criu; what it was
 * told that can't be done makes criu fail, which leaves the target as it was.
 */
final class NotifySteps implements AutoCloseable {

    private static final String SCRIPT = """
            #!/bin/sh
            cd "${0%/*}" || exit 1
            case $CRTOOLS_SCRIPT_ACTION in
              pre-dump | post-dump | post-resume) ;;
              *) exit 0 ;;
            esac
            echo "$CRTOOLS_SCRIPT_ACTION" >step
            read -r answer <answer
            [ "$answer" = done ]
            """;
    private static final int LONGEST = 64;

    private final SaveSession session;
    private final Path folder;
    private final FileChannel steps;
    private final FileChannel answers;
    private Optional<IOException> failure = Optional.empty();

    /** Makes the script, and the named pipes that it speaks by, in a folder. */
    NotifySteps(Path folder, SaveSession session) throws IOException, InterruptedException {
        this.folder = folder;
        this.session = session;
        Files.writeString(script(), SCRIPT);
        Files.setPosixFilePermissions(script(), PosixFilePermissions.fromString("rwx------"));
        var made = new ProcessBuilder("mkfifo", "-m", "600", folder.resolve("step").toString(), folder.resolve("answer").toString())
                .redirectErrorStream(true).start();
        if (made.waitFor() != 0) {
            throw new IOException("mkfifo could not make named pipes in " + folder);
        }
        // For both, so that opening doesn't wait for the other end, nor end when it goes.
        steps = FileChannel.open(folder.resolve("step"), StandardOpenOption.READ, StandardOpenOption.WRITE);
        answers = FileChannel.open(folder.resolve("answer"), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    Path script() {
        return folder.resolve("notify");
    }

    /**
     * Answers the steps of a run until it ends; returns its status.
     *
     * @throws IOException when somebody who takes part could not
     */
    int await(Process criu) throws IOException, InterruptedException {
        var thread = new Thread(this::answer, "criu-steps");
        thread.setDaemon(true);
        thread.start();
        try {
            int status = criu.waitFor();
            // By a channel of its own: the other one belongs to the thread that reads from it, and waits there.
            try (var end = FileChannel.open(folder.resolve("step"), StandardOpenOption.WRITE)) {
                end.write(ByteBuffer.wrap("end\n".getBytes(StandardCharsets.US_ASCII)));
            }
            thread.join();
            if (failure.isPresent()) {
                throw failure.get();
            }
            return status;
        } finally {
            criu.destroy();
            if (!criu.waitFor(1, TimeUnit.SECONDS)) {
                criu.destroyForcibly();
            }
            thread.interrupt();
        }
    }

    private void answer() {
        try {
            for (var step = next(); !step.equals("end"); step = next()) {
                answers.write(ByteBuffer.wrap((perform(step) ? "done\n" : "failed\n").getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (IOException e) {
            failure = failure.or(() -> Optional.of(e));
        }
    }

    /** A byte at a time: when criu dies in a step, its line and the one of the end may both be there. */
    private String next() throws IOException {
        var line = ByteBuffer.allocate(LONGEST);
        while (line.position() == 0 || line.get(line.position() - 1) != '\n') {
            steps.read(line.limit(line.position() + 1));
        }
        return new String(line.array(), 0, line.position() - 1, StandardCharsets.US_ASCII);
    }

    private boolean perform(String step) {
        try {
            switch (step) {
                case "pre-dump" -> session.suspend();
                case "post-dump" -> session.postcopy();
                case "post-resume" -> session.resume();
                default -> session.log(System.Logger.Level.DEBUG, "criu: " + step);
            }
            return true;
        } catch (IOException | InterruptedException e) {
            failure = Optional.of(new IOException(e.getMessage(), e));
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        steps.close();
        answers.close();
    }
}
