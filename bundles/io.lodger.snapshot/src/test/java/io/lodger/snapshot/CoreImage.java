package io.lodger.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads memory from an ELF core by its program headers. */
final class CoreImage implements AutoCloseable {

    private static final int HEADER_SIZE = 64;
    private static final int PROGRAM_HEADER_SIZE = 56;
    private static final int LOAD = 1;

    private final FileChannel file;
    private final ByteBuffer headers;
    private final int count;

    CoreImage(Path path) throws IOException {
        file = FileChannel.open(path);
        count = Short.toUnsignedInt(read(0, HEADER_SIZE).getShort(56));
        headers = read(HEADER_SIZE, count * PROGRAM_HEADER_SIZE);
    }

    /** The 64 bits at an address. */
    long word(long address) throws IOException {
        for (int at = 0; at < count * PROGRAM_HEADER_SIZE; at += PROGRAM_HEADER_SIZE) {
            long into = address - headers.getLong(at + 16);
            if (headers.getInt(at) == LOAD && into >= 0 && into < headers.getLong(at + 32)) {
                return read(headers.getLong(at + 8) + into, Long.BYTES).getLong(0);
            }
        }
        throw new IOException("the image does not show " + Long.toHexString(address));
    }

    private ByteBuffer read(long position, int size) throws IOException {
        var bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
            continue;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
