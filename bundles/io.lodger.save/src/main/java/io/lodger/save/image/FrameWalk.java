package io.lodger.save.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Goes through the frames of a compressed image whose index is lost, to tell how far it is whole. What a frame looks like is told in
 * RFC 8878, section 3.1.1.
 */
final class FrameWalk {

    private static final int MAGIC = 0xFD2FB528;
    private static final int CHECKSUM_FLAG = 0x04;
    private static final int SINGLE_SEGMENT_FLAG = 0x20;
    private static final int[] DICTIONARY_ID_SIZES = {0, 1, 2, 4};
    private static final int[] CONTENT_SIZE_SIZES = {0, 2, 4, 8};
    private static final int BLOCK_HEADER_SIZE = 3;
    private static final int RLE_BLOCK = 1;
    private static final int RESERVED_BLOCK = 3;

    private final FileChannel file;
    private final byte[] frame = new byte[Zstd.longest(ImageWriter.BLOCK_SIZE)];
    private final byte[] block = new byte[ImageWriter.BLOCK_SIZE];
    private final Zstd zstd = new Zstd();
    private long position;
    private long payload;
    private int frames;

    /** A walk from a place of the file on. */
    FrameWalk(FileChannel file, long start) {
        this.file = file;
        position = start;
    }

    /** Goes on for as long as frames are whole; returns what stops it, which is no failure where another kind of frame begins. */
    String go() throws IOException {
        while (position < file.size()) {
            try {
                long end = end();
                if (end - position > frame.length) {
                    return "frame " + frames + " is longer than any that was written";
                }
                var bytes = SkippableFrame.read(file, position, (int) (end - position));
                bytes.get(frame, 0, bytes.remaining());
                payload += zstd.decompress(frame, (int) (end - position), block);
                position = end;
                frames++;
            } catch (IOException e) {
                return "frame " + frames + ", at byte " + position + " of the file: " + e.getMessage();
            }
        }
        return "the file ends behind frame " + (frames - 1);
    }

    /** How many bytes of the payload the whole frames hold. */
    long payload() {
        return payload;
    }

    /** Where the frame that begins here ends. */
    private long end() throws IOException {
        var head = SkippableFrame.read(file, position, Integer.BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
        if (head.getInt() != MAGIC) {
            throw new IOException("no frame of Zstandard begins there");
        }
        int descriptor = head.get() & 0xFF;
        boolean single = (descriptor & SINGLE_SEGMENT_FLAG) != 0;
        int sizes = DICTIONARY_ID_SIZES[descriptor & 3] + CONTENT_SIZE_SIZES[descriptor >> 6];
        long next = position + Integer.BYTES + 1 + sizes + (single ? descriptor >> 6 == 0 ? 1 : 0 : 1);
        while (true) {
            int header = blockHeader(SkippableFrame.read(file, next, BLOCK_HEADER_SIZE));
            int type = header >> 1 & 3;
            if (type == RESERVED_BLOCK) {
                throw new IOException("it has a block of a type that does not exist");
            }
            next += BLOCK_HEADER_SIZE + (type == RLE_BLOCK ? 1 : header >> 3);
            if ((header & 1) != 0) {
                return next + ((descriptor & CHECKSUM_FLAG) != 0 ? Integer.BYTES : 0);
            }
        }
    }

    private static int blockHeader(ByteBuffer bytes) {
        return bytes.get() & 0xFF | (bytes.get() & 0xFF) << 8 | (bytes.get() & 0xFF) << 16;
    }
}
