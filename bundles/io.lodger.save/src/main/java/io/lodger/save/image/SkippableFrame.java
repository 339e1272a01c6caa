package io.lodger.save.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lodger.save.codec.Codec;
import io.lodger.save.codec.CodecException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What an image says of itself, in frames that programs for Zstandard skip (RFC 8878, section 3.1.2): 4 bytes 50 2A 4D 18, 4 bytes
 * with the number of bytes that follow, least byte first, and those bytes. They are an encoded record ({@link Codec}) and the footer:
 * 8 bytes with the record's length, 4 bytes CRC-32C of the record, 4 bytes with the format's version, and "LODGERIM" behind an
 * {@link ImageIndex}, "LODGERHD" behind an {@link ImageHead}.
 *
 * <p>An {@link ImageIndex} is the last frame of every whole image, so that its footer ends the file. A compressed image begins with an
 * {@link ImageHead}.
 */
final class SkippableFrame {

    /** The format's version. */
    static final int VERSION = 1;
    static final int MAGIC = 0x184D2A50;
    static final int HEADER_SIZE = 2 * Integer.BYTES;

    private static final byte[] INDEX = "LODGERIM".getBytes(US_ASCII);
    private static final byte[] HEAD = "LODGERHD".getBytes(US_ASCII);
    private static final int FOOTER_SIZE = Long.BYTES + 2 * Integer.BYTES + INDEX.length;
    private static final long LONGEST = 256 << 20;

    private SkippableFrame() {
    }

    /** The frame for a record. */
    static ByteBuffer of(Class<? extends Record> type, Record content) {
        var record = Codec.encode(type, content);
        var frame = ByteBuffer.allocate(HEADER_SIZE + record.length + FOOTER_SIZE);
        frame.order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC).putInt(record.length + FOOTER_SIZE);
        frame.order(ByteOrder.BIG_ENDIAN).put(record).putLong(record.length).putInt(crc(record)).putInt(VERSION).put(name(type));
        return frame.flip();
    }

    private static byte[] name(Class<?> type) {
        return type == ImageIndex.class ? INDEX : HEAD;
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /**
     * Where the frame of an index begins that ends at this place of the file.
     *
     * @return empty when none ends there
     */
    static Optional<Long> endingAt(FileChannel file, long end) throws IOException {
        if (end < HEADER_SIZE + FOOTER_SIZE) {
            return Optional.empty();
        }
        var footer = read(file, end - FOOTER_SIZE, FOOTER_SIZE);
        long length = footer.getLong();
        footer.position(FOOTER_SIZE - INDEX.length);
        return footer.equals(ByteBuffer.wrap(INDEX)) && length >= 0 && length <= end - HEADER_SIZE - FOOTER_SIZE
                ? Optional.of(end - FOOTER_SIZE - length - HEADER_SIZE) : Optional.empty();
    }

    /**
     * The record in the frame that begins at this place of the file.
     *
     * @throws ImageFormatException when there is none, or it is damaged
     */
    static <T extends Record> T at(FileChannel file, long start, Class<T> type) throws IOException {
        var header = read(file, start, HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        long size = header.getInt(Integer.BYTES);
        if (header.getInt(0) != MAGIC || size < FOOTER_SIZE || size > LONGEST || start + HEADER_SIZE + size > file.size()) {
            throw new ImageFormatException("it is damaged");
        }
        var content = read(file, start + HEADER_SIZE, (int) size);
        var record = new byte[(int) size - FOOTER_SIZE];
        content.get(record);
        long length = content.getLong();
        int crc = content.getInt();
        int version = content.getInt();
        if (!content.equals(ByteBuffer.wrap(name(type))) || length != record.length || crc != crc(record)) {
            throw new ImageFormatException("it is damaged");
        }
        if (version != VERSION) {
            throw new ImageFormatException("it is of version " + version + " of the format, and this program knows " + VERSION);
        }
        try {
            return type.cast(Codec.decode(type, ByteBuffer.wrap(record)));
        } catch (CodecException e) {
            throw new ImageFormatException("it makes no sense: " + e.getMessage());
        }
    }

    /** Bytes of a file, which must be there. */
    static ByteBuffer read(FileChannel file, long position, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new ImageFormatException("it ends at byte " + (position + bytes.position()));
            }
        }
        return bytes.flip();
    }
}
