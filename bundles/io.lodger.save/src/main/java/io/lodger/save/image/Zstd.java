package io.lodger.save.image;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.IOException;

/** Blocks to frames of Zstandard, each with the checksum of RFC 8878 at its end, and back. For one thread. */
final class Zstd {

    private final ZstdCompressor compressor = new ZstdCompressor();
    private final ZstdDecompressor decompressor = new ZstdDecompressor();

    /** How long a frame of a block of this size may be. */
    static int longest(int blockSize) {
        return blockSize + (blockSize >>> 8) + (1 << 10);
    }

    /** Compresses the first bytes of a block; returns the frame's length. */
    int compress(byte[] block, int length, byte[] frame) {
        return compressor.compress(block, 0, length, frame, 0, frame.length);
    }

    /**
     * Decompresses a frame; returns the block's length.
     *
     * @throws IOException when it is damaged; the message says what is wrong
     */
    int decompress(byte[] frame, int length, byte[] block) throws IOException {
        try {
            return decompressor.decompress(frame, 0, length, block, 0, block.length);
        } catch (MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("no good frame of Zstandard: " + e.getMessage(), e);
        }
    }
}
