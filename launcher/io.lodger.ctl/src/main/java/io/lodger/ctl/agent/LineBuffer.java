package io.lodger.ctl.agent;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Bytes that came from the agent, cut into lines at each LF. One line may be long (a whole file in base64), but not without bound. */
final class LineBuffer {
    private static final int FIRST_CAPACITY = 64 * 1024;

    private final int longestLine;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int start;
    private int scanned;
    private int end;

    /** @param longestLine the most bytes a line may have, without its LF */
    LineBuffer(int longestLine) {
        this.longestLine = longestLine;
    }

    /** Room for the next read; what is put there counts once {@link #filled} was told. */
    ByteBuffer room() {
        if (end == bytes.length) {
            makeRoom();
        }
        return ByteBuffer.wrap(bytes, end, bytes.length - end);
    }

    void filled(int count) {
        end += count;
    }

    /**
     * Takes the next whole line off, without its LF.
     *
     * @throws ProtocolException if a line is longer than this buffer's bound
     */
    Optional<byte[]> next() throws ProtocolException {
        while (scanned < end) {
            if (bytes[scanned++] == '\n') {
                var line = Arrays.copyOfRange(bytes, start, scanned - 1);
                start = scanned;
                forgetLargeArray();
                return Optional.of(line);
            }
        }
        if (end - start > longestLine) {
            throw new ProtocolException("a reply longer than " + longestLine / (1024 * 1024) + " MiB");
        }
        return Optional.empty();
    }

    private void makeRoom() {
        var length = end - start;
        var capacity = length > bytes.length / 2 ? (int) Math.min(bytes.length * 2L, longestLine + (long) FIRST_CAPACITY) : bytes.length;
        var source = bytes;
        bytes = capacity == bytes.length ? bytes : new byte[capacity];
        System.arraycopy(source, start, bytes, 0, length);
        scanned -= start;
        start = 0;
        end = length;
    }

    private void forgetLargeArray() {
        if (start == end) {
            bytes = bytes.length > FIRST_CAPACITY ? new byte[FIRST_CAPACITY] : bytes;
            start = 0;
            scanned = 0;
            end = 0;
        }
    }
}
