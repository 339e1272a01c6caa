package io.lodger.snapshot;

import io.lodger.save.engine.ImageOutput;
import io.lodger.save.engine.SaveSession;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes an image to a plain file with holes where zeros are, and remembers what the engine has called. */
final class FileSession implements SaveSession, ImageOutput, AutoCloseable {

    private final FileChannel file;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private long position;

    FileSession(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The callbacks in their order, and {@code write} where the first byte was written. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public ImageOutput image() {
        return this;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (position == 0) {
            calls.add("write");
        }
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
        calls.add(level + " " + text);
    }

    @Override
    public void suspend() {
        calls.add("suspend");
        System.out.println("suspend=");
    }

    @Override
    public void postcopy() {
        calls.add("postcopy");
    }

    @Override
    public void checkpoint() {
        calls.add("checkpoint");
    }

    @Override
    public void resume() {
        calls.add("resume");
    }

    @Override
    public void progress(String what, long done, long total) {
        if (done > total) {
            throw new IllegalStateException(done + " of " + total);
        }
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void onCancel(Runnable action) {
        throw new UnsupportedOperationException("the engine owns nothing that must be ended from outside");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
