package io.lodger.save.image;

import io.lodger.save.image.ImageIndex.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Reads a whole image. Every block is checked before any byte of it is given away. */
public final class ImageReader implements AutoCloseable {

    /** What is said of a file without an index. */
    static final String NO_INDEX = "there is no index at its end: it was torn, or is no image";

    private final FileChannel file;
    private final ImageIndex index;
    private final long end;
    /** Made when the first block is read: most who ask for an image's facts want none. */
    private byte[] stored;
    private byte[] block;
    private Zstd zstd;

    private ImageReader(FileChannel file, long end, ImageIndex index) {
        this.file = file;
        this.end = end;
        this.index = index;
    }

    /** Opens a file for reading, and says clearly when there is none. */
    static FileChannel channel(Path path) throws IOException {
        if (!path.isAbsolute()) {
            throw new NoSuchFileException(path.toString(), null, "is no absolute path");
        }
        if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(path.toString(), null, "is no file in the guest");
        }
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    /**
     * Opens an image and reads its index, but none of its blocks.
     *
     * @throws ImageFormatException when it isn't one, or has no good index; the message says which
     */
    public static ImageReader open(Path path) throws IOException {
        var file = channel(path);
        try {
            return of(file);
        } catch (IOException e) {
            file.close();
            throw new ImageFormatException(path + ": " + e.getMessage());
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The same for a file that is open, and that the reader closes. */
    static ImageReader of(FileChannel file) throws IOException {
        var start = SkippableFrame.endingAt(file, file.size());
        if (start.isEmpty()) {
            throw new ImageFormatException(NO_INDEX);
        }
        ImageIndex index;
        try {
            index = SkippableFrame.at(file, start.get(), ImageIndex.class);
        } catch (ImageFormatException e) {
            throw new ImageFormatException("the index at its end can't be used: " + e.getMessage());
        }
        var contradiction = index.contradiction(start.get());
        if (contradiction != null) {
            throw new ImageFormatException("the index at its end can't be used: " + contradiction);
        }
        return new ImageReader(file, start.get(), index);
    }

    /** What is in it. */
    public ImageFacts facts() throws IOException {
        return ImageFacts.of(index, file.size());
    }

    ImageIndex index() {
        return index;
    }

    /**
     * Reads a block and checks it.
     *
     * @return its payload; good until the next block is read
     * @throws ImageFormatException when it is damaged, with what is wrong
     */
    ByteBuffer block(int number) throws IOException {
        var entry = index.blocks().get(number);
        int length = index.payloadOf(number);
        block = block == null ? new byte[index.blockSize()] : block;
        if (index.compression() == Compression.NONE) {
            fill(entry, block);
        } else {
            stored = stored == null ? new byte[Zstd.longest(index.blockSize())] : stored;
            fill(entry, stored);
            decompress(entry, length);
        }
        var crc = new CRC32C();
        crc.update(block, 0, length);
        if ((int) crc.getValue() != entry.crc32c()) {
            throw new ImageFormatException("its checksum is not what it was when it was written");
        }
        return ByteBuffer.wrap(block, 0, length);
    }

    private void fill(Block entry, byte[] into) throws IOException {
        var bytes = ByteBuffer.wrap(into, 0, entry.length());
        while (bytes.hasRemaining()) {
            if (entry.offset() + bytes.position() >= end || file.read(bytes, entry.offset() + bytes.position()) < 0) {
                throw new ImageFormatException("the file ends within it");
            }
        }
    }

    private void decompress(Block entry, int expected) throws IOException {
        zstd = zstd == null ? new Zstd() : zstd;
        int length;
        try {
            length = zstd.decompress(stored, entry.length(), block);
        } catch (IOException e) {
            throw new ImageFormatException(e.getMessage());
        }
        if (length != expected) {
            throw new ImageFormatException("it holds " + length + " bytes, and should hold " + expected);
        }
    }

    /** The payload, from its beginning. */
    public ReadableByteChannel payload() {
        return new Payload();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private final class Payload implements ReadableByteChannel {

        private ByteBuffer current = ByteBuffer.allocate(0);
        private int next;

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (!current.hasRemaining()) {
                if (next == index.blocks().size()) {
                    return -1;
                }
                try {
                    current = block(next);
                } catch (ImageFormatException e) {
                    throw new ImageFormatException("block " + next + " of the image is damaged: " + e.getMessage());
                }
                next++;
            }
            int count = Math.min(into.remaining(), current.remaining());
            into.put(current.slice(current.position(), count));
            current.position(current.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            ImageReader.this.close();
        }
    }
}
