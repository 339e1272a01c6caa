package io.lodger.save.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file, in which skipped zeros are holes. */
final class FileSink implements Sink {

    private final FileChannel file;
    private final Path path;
    private long position;

    FileSink(FileChannel file, Path path) {
        this.file = file;
        this.path = path;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                position += file.write(bytes, position);
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(path + " can't be written: " + e.getMessage(), e);
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
}
