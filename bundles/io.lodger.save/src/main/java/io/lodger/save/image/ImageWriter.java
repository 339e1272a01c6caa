package io.lodger.save.image;

import io.lodger.save.engine.ImageOutput;
import io.lodger.save.image.ImageIndex.Block;
import io.lodger.save.sink.ImageFile;
import io.lodger.save.sink.Sink;
import io.lodger.save.sink.StreamSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Writes an image: the payload in blocks, and the index behind it. */
public final class ImageWriter implements ImageOutput {

    /** How many bytes of the payload stand in each block. */
    static final int BLOCK_SIZE = 4 << 20;

    private static final int WINDOW = 64 << 10;

    private final Sink sink;
    private final Compression compression;
    private final ImageHead head;
    private final List<Block> blocks = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer zeros = ByteBuffer.allocate(WINDOW);

    /** What the block under way holds, where it is compressed as a whole; null where it isn't. */
    private final byte[] block;
    private final byte[] frame;
    private final Zstd zstd;
    /** The checksum, and the length of the frame, of a block of zeros; -1 until there was one. */
    private int zeroCrc;
    private ByteBuffer zeroFrame;
    private long blockStart;
    private int inBlock;
    private long position;

    private ImageWriter(Sink sink, Compression compression, ImageHead head) throws IOException {
        this.sink = sink;
        this.compression = compression;
        this.head = head;
        boolean compressed = compression == Compression.ZSTD;
        block = compressed ? new byte[BLOCK_SIZE] : null;
        frame = compressed ? new byte[Zstd.longest(BLOCK_SIZE)] : null;
        zstd = compressed ? new Zstd() : null;
        if (compressed) {
            sink.write(SkippableFrame.of(ImageHead.class, head));
        }
        blockStart = sink.position();
    }

    /** Writes to a file that was just made. */
    public static ImageWriter to(ImageFile file, Compression compression, ImageHead head) throws IOException {
        return new ImageWriter(file.sink(), compression, head);
    }

    /** Writes to a stream. */
    public static ImageWriter to(WritableByteChannel stream, Compression compression, ImageHead head) throws IOException {
        return new ImageWriter(new StreamSink(stream), compression, head);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            var part = bytes.slice(bytes.position(), Math.min(bytes.remaining(), BLOCK_SIZE - inBlock));
            bytes.position(bytes.position() + part.remaining());
            crc.update(part.duplicate());
            inBlock += part.remaining();
            position += part.remaining();
            if (block == null) {
                sink.write(part);
            } else {
                part.get(block, inBlock - part.remaining(), part.remaining());
            }
            endFullBlock();
        }
    }

    @Override
    public void skip(long count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("an image can't go back by " + -count + " bytes");
        }
        for (long left = count; left > 0; ) {
            int part = (int) Math.min(left, BLOCK_SIZE - inBlock);
            if (part == BLOCK_SIZE) {
                skipBlock();
            } else {
                skipWithinBlock(part);
            }
            position += part;
            left -= part;
            endFullBlock();
        }
    }

    private void skipWithinBlock(int count) throws IOException {
        updateWithZeros(count);
        if (block == null) {
            sink.skip(count);
        } else {
            Arrays.fill(block, inBlock, inBlock + count, (byte) 0);
        }
        inBlock += count;
    }

    private void updateWithZeros(int count) {
        for (int left = count; left > 0; left -= zeros.limit()) {
            crc.update(zeros.clear().limit(Math.min(WINDOW, left)));
        }
    }

    /** A whole block of zeros, of which there may be very many. */
    private void skipBlock() throws IOException {
        if (zeroFrame == null) {
            updateWithZeros(BLOCK_SIZE);
            zeroCrc = (int) crc.getValue();
            crc.reset();
            zeroFrame = ByteBuffer.allocate(0);
            if (block != null) {
                int length = zstd.compress(new byte[BLOCK_SIZE], BLOCK_SIZE, frame);
                zeroFrame = ByteBuffer.allocate(length).put(frame, 0, length).flip();
            }
        }
        if (block == null) {
            sink.skip(BLOCK_SIZE);
        } else {
            sink.write(zeroFrame.duplicate());
        }
        addBlock(zeroCrc);
    }

    private void endFullBlock() throws IOException {
        if (inBlock == BLOCK_SIZE) {
            endBlock();
        }
    }

    private void endBlock() throws IOException {
        if (block != null) {
            sink.write(ByteBuffer.wrap(frame, 0, zstd.compress(block, inBlock, frame)));
        }
        addBlock((int) crc.getValue());
        crc.reset();
        inBlock = 0;
    }

    private void addBlock(int checksum) {
        blocks.add(new Block(blockStart, (int) (sink.position() - blockStart), checksum));
        blockStart = sink.position();
    }

    @Override
    public long position() {
        return position;
    }

    /** Writes the index. Nothing may be written after that. */
    public ImageFacts finish(Map<String, String> facts) throws IOException {
        if (inBlock > 0) {
            endBlock();
        }
        var index = new ImageIndex(head, compression, position, BLOCK_SIZE, List.copyOf(blocks),
                Collections.unmodifiableMap(new LinkedHashMap<>(facts)));
        sink.write(SkippableFrame.of(ImageIndex.class, index));
        return ImageFacts.of(index, sink.position());
    }
}
