package io.lodger.itests.benchmark;

import io.lodger.save.engine.ImageOutput;
import io.lodger.save.engine.SaveSession;
import io.lodger.snapshot.ForkEngine;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** A process that takes one snapshot to a file, without the agent: arguments are the process id and the file. Prints MB a second. */
final class SnapshotProcess implements SaveSession, ImageOutput {

    private final FileChannel file;
    private long position;
    private long written;
    private long firstWrite;

    private SnapshotProcess(FileChannel file) {
        this.file = file;
    }

    public static void main(String... arguments) throws Exception {
        try (var file = FileChannel.open(Path.of(arguments[1]), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            var session = new SnapshotProcess(file);
            new ForkEngine().save(arguments[0], Map.of(), session);
            System.out.println(session.written * 1000 / (System.nanoTime() - session.firstWrite));
        }
    }

    @Override
    public ImageOutput image() {
        return this;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (written == 0) {
            firstWrite = System.nanoTime();
        }
        written += bytes.remaining();
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    @Override
    public void skip(long zeros) {
        position += zeros;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void log(Level level, String text) {
        System.err.println(text);
    }

    @Override
    public void suspend() {
        // Nobody takes part.
    }

    @Override
    public void postcopy() {
        // Nobody takes part.
    }

    @Override
    public void checkpoint() {
        // Nobody takes part.
    }

    @Override
    public void resume() {
        // Nobody takes part.
    }

    @Override
    public void progress(String what, long done, long total) {
        // Nobody looks.
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void onCancel(Runnable action) {
        // Nobody cancels.
    }
}
