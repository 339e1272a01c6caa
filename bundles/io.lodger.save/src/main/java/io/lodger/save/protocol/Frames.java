package io.lodger.save.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Frames on a pipe: 4 bytes with the number of bytes that follow, in network byte order, and those bytes. The first frame of the
 * helper, and the only one of its kind, is the name and the version of the protocol; its form is for ever, so that peers of any
 * versions recognise each other.
 */
public final class Frames {

    /** Raised with every change of {@link AgentCalls}, {@link HelperCalls}, their records or the frames. */
    public static final int VERSION = 1;

    private static final byte[] NAME = "lodger-save".getBytes(US_ASCII);
    private static final int LONGEST = 16 << 20;

    private final InputStream in;
    private final OutputStream out;

    /** Frames on these two. */
    public Frames(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Writes the first frame. */
    public void writeHello() throws IOException {
        write(ByteBuffer.allocate(NAME.length + Integer.BYTES).put(NAME).putInt(VERSION).array());
    }

    /**
     * Reads the first frame.
     *
     * @throws ProtocolException when it isn't one, or is of another version
     * @throws EOFException when there is none
     */
    public void readHello() throws IOException {
        var head = new byte[Integer.BYTES + NAME.length + Integer.BYTES];
        int count = in.readNBytes(head, 0, head.length);
        var hello = ByteBuffer.wrap(head);
        if (count == 0) {
            throw new EOFException("it has ended without a word");
        }
        if (count < head.length || hello.getInt() != NAME.length + Integer.BYTES
                || !Arrays.equals(head, Integer.BYTES, Integer.BYTES + NAME.length, NAME, 0, NAME.length)) {
            throw new ProtocolException("its first words are not those of the protocol: " + printable(head, count));
        }
        int version = hello.getInt(Integer.BYTES + NAME.length);
        if (version != VERSION) {
            throw new ProtocolException("it speaks version " + version + " of the protocol, and this is version " + VERSION);
        }
    }

    /** Writes a frame, as a whole whoever else writes. */
    public synchronized void write(byte[] frame) throws IOException {
        out.write(ByteBuffer.allocate(Integer.BYTES + frame.length).putInt(frame.length).put(frame).array());
        out.flush();
    }

    /**
     * Reads the next frame.
     *
     * @return empty at the end
     * @throws ProtocolException when what comes is no frame
     */
    public Optional<ByteBuffer> read() throws IOException {
        var head = new byte[Integer.BYTES];
        int count = in.readNBytes(head, 0, head.length);
        if (count == 0) {
            return Optional.empty();
        }
        int length = ByteBuffer.wrap(head).getInt();
        if (count < head.length || length <= 0 || length > LONGEST) {
            throw new ProtocolException("a broken frame: it begins with " + printable(head, count));
        }
        var frame = new byte[length];
        try {
            new DataInputStream(in).readFully(frame);
        } catch (EOFException e) {
            throw new ProtocolException("a broken frame: the end comes within its " + length + " bytes");
        }
        return Optional.of(ByteBuffer.wrap(frame));
    }

    private static String printable(byte[] bytes, int count) {
        return "'" + new String(bytes, 0, count, US_ASCII).replaceAll("[^ -~]", "?") + "'";
    }
}
