package io.lodger.save.image;

import java.util.List;
import java.util.Map;

/**
 * What stands at the end of a whole image.
 *
 * @param head what was known before its first byte
 * @param compression how the payload is kept
 * @param payloadSize how many bytes the payload has
 * @param blockSize how many bytes of the payload each block holds; the last may hold fewer
 * @param blocks the blocks, in their order
 * @param facts what the engine says of it
 */
public record ImageIndex(ImageHead head, Compression compression, long payloadSize, int blockSize, List<Block> blocks,
        Map<String, String> facts) {

    /**
     * A block.
     *
     * @param offset where it is in the file
     * @param length how many bytes it has there
     * @param crc32c the checksum of its payload, CRC-32C of RFC 3720
     */
    public record Block(long offset, int length, int crc32c) {
    }

    /** How many bytes of the payload a block holds. */
    int payloadOf(int block) {
        return (int) Math.min(blockSize, payloadSize - (long) block * blockSize);
    }

    /** Why it contradicts itself, which a file that was written by this program never does; null when it doesn't. */
    String contradiction(long end) {
        if (blockSize <= 0 || blockSize > ImageWriter.BLOCK_SIZE || payloadSize < 0
                || blocks.size() != (payloadSize + blockSize - 1) / blockSize) {
            return "it has " + blocks.size() + " blocks of " + blockSize + " bytes for a payload of " + payloadSize + " bytes";
        }
        long next = compression == Compression.NONE ? 0 : blocks.isEmpty() ? 0 : blocks.get(0).offset();
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            if (block.offset() != next || block.length() <= 0 || block.length() > Zstd.longest(blockSize)
                    || compression == Compression.NONE && block.length() != payloadOf(i)) {
                return "block " + i + " can't be where it says";
            }
            next += block.length();
        }
        return next > end ? "its blocks end at " + next + ", behind the index" : null;
    }
}
