package io.lodger.save.stream;

import io.lodger.command.CommandException;
import io.lodger.posix.Pipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An image on its way to the host, which takes it piece by piece. The last piece is kept until the host asks for what comes after it,
 * so that it may ask again when a reply was lost. No more than that and what a pipe holds is in memory: the helper waits meanwhile.
 */
public final class OutgoingStream implements DataStream {

    /** How many bytes a piece may have. */
    public static final int LONGEST = 4 << 20;

    private static final int WINDOW = 64 << 10;
    private static final long SHORTEST_PAUSE_NANOS = 500_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;
    /** When there is something, but not as much as was asked for, it is given after so long. */
    private static final long GATHERING_NANOS = 20_000_000;

    private final Pipe pipe = Pipe.open();
    private final Path helperEnd = Path.of("/proc", String.valueOf(ProcessHandle.current().pid()), "fd",
            pipe.writingEnd().getFileName().toString());
    private final Duration patience;
    private ByteBuffer window = ByteBuffer.allocateDirect(WINDOW);
    private byte[] piece = {};
    private long pieceStart;
    /** Whether somebody waits for more, and has let go of the lock meanwhile. */
    private boolean reading;
    private boolean atEnd;
    private boolean taken;
    private boolean closed;
    private Optional<String> failure = Optional.empty();
    private final long created = System.nanoTime();
    private volatile boolean begun;
    private volatile long lastUse = created;

    /**
     * A stream.
     *
     * @param bytes the piece; empty when there is none yet, or at the end
     * @param offset where it begins
     * @param eof whether the host has everything
     */
    public record Piece(byte[] bytes, long offset, boolean eof) {
    }

    /** A stream that fails when the host has not asked for anything for so long. */
    public OutgoingStream(Duration patience) throws IOException {
        this.patience = patience;
    }

    @Override
    public Path helperEnd() {
        return helperEnd;
    }

    @Override
    public void begun() {
        begun = true;
    }

    @Override
    public void connected() {
        pipe.closeWritingEnd();
    }

    @Override
    public Optional<String> complaint() {
        return System.nanoTime() - lastUse < patience.toNanos() ? Optional.empty()
                : Optional.of("the host has not read the stream for " + patience.toSeconds() + " s");
    }

    @Override
    public void helperEnded(Optional<String> why) {
        // First, for a reader may wait for bytes under the lock: now it sees the end.
        pipe.closeWritingEnd();
        synchronized (this) {
            failure = why;
            if (failure.isPresent()) {
                close();
            }
            notifyAll();
        }
    }

    private void close() {
        closed = true;
        pipe.close();
        piece = new byte[0];
        window = null;
    }

    /**
     * The piece that begins at an offset.
     *
     * @param offset the end of the piece before, or any place in the piece before to have it from there again
     * @param most how many bytes it may have
     * @param wait how long to wait when there is nothing yet
     * @throws CommandException when the save has failed, or the piece at the offset is gone
     */
    public synchronized Piece read(long offset, int most, Duration wait) throws CommandException, IOException, InterruptedException {
        lastUse = System.nanoTime();
        if (!begun && lastUse - created > StreamLimits.BEGIN_PATIENCE_NANOS) {
            helperEnded(Optional.of("its job was cancelled before it began"));
        }
        if (failure.isPresent()) {
            throw new CommandException("The save has failed: " + failure.get());
        }
        long end = pieceStart + piece.length;
        if (offset < pieceStart || offset > end) {
            throw new CommandException("Parameter 'offset' is " + offset + ", and the stream can be read from "
                    + (pieceStart == end ? String.valueOf(end) : pieceStart + " to " + end) + " on");
        }
        if (reading) {
            throw new CommandException("The stream is being read already");
        }
        if (offset == end && !closed) {
            piece = gather(Math.min(most, LONGEST), wait);
            pieceStart = end;
            taken = atEnd && piece.length == 0;
            if (taken) {
                close();
                notifyAll();
            }
        }
        lastUse = System.nanoTime();
        int from = (int) (offset - pieceStart);
        return new Piece(Arrays.copyOfRange(piece, from, Math.min(piece.length, from + most)), offset, taken);
    }

    private byte[] gather(int most, Duration wait) throws IOException, InterruptedException {
        var gathered = new byte[most];
        int count = 0;
        long limit = System.nanoTime() + wait.toNanos();
        long pause = SHORTEST_PAUSE_NANOS;
        while (count < most && !atEnd && failure.isEmpty()) {
            int read = pipe.read(window.clear().limit(Math.min(WINDOW, most - count)));
            atEnd = read < 0;
            if (read > 0) {
                window.flip().get(gathered, count, read);
                limit = count == 0 ? System.nanoTime() + GATHERING_NANOS : limit;
                count += read;
                pause = SHORTEST_PAUSE_NANOS;
            } else if (!atEnd) {
                if (System.nanoTime() - limit >= 0) {
                    break;
                }
                pause(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }
        return Arrays.copyOf(gathered, count);
    }

    private void pause(long nanos) throws InterruptedException {
        reading = true;
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } finally {
            reading = false;
        }
    }

    /**
     * Waits until the host has asked for what comes after the last piece, and so has everything.
     *
     * @throws CommandException when it has not asked for anything for too long
     */
    public synchronized void awaitRead() throws CommandException, InterruptedException {
        try {
            while (!taken) {
                var complaint = complaint();
                if (complaint.isPresent()) {
                    failure = complaint;
                    throw new CommandException(complaint.get());
                }
                TimeUnit.MILLISECONDS.timedWait(this, Math.min(1000, Math.max(1, patience.toMillis() / 4)));
            }
        } finally {
            failure = taken ? Optional.empty() : Optional.of(failure.orElse("it was cancelled"));
            close();
        }
    }
}
