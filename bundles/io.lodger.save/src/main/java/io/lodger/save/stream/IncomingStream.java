package io.lodger.save.stream;

import io.lodger.command.CommandException;
import io.lodger.posix.Descriptor;
import io.lodger.posix.Pipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An image on its way from the host, which gives it piece by piece, each as often as it likes. */
public final class IncomingStream implements DataStream {

    private static final int WINDOW = 64 << 10;
    private static final long SHORTEST_PAUSE_NANOS = 500_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final Pipe pipe = Pipe.open();
    private final Path helperEnd = Path.of("/proc", String.valueOf(ProcessHandle.current().pid()), "fd",
            pipe.writingEnd().getFileName().toString());
    private final Descriptor writing = Descriptor.open(pipe.writingEnd(), Descriptor.O_WRONLY | Descriptor.O_NONBLOCK);
    private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW);
    private final Duration patience;
    private long received;
    private boolean whole;
    private boolean connected;
    private Optional<String> ended = Optional.empty();
    private final long created = System.nanoTime();
    private volatile boolean begun;
    private volatile long lastUse = created;

    /** A stream that fails when the host has not given anything for so long. */
    public IncomingStream(Duration patience) throws IOException {
        this.patience = patience;
    }

    @Override
    public void begun() {
        begun = true;
    }

    /** The same inode, whichever way it is opened. */
    @Override
    public Path helperEnd() {
        return helperEnd;
    }

    @Override
    public synchronized void connected() {
        connected = true;
        closeIfWhole();
    }

    /** The helper sees the end when nobody can write any more. */
    private void closeIfWhole() {
        if (whole && connected) {
            writing.close();
            pipe.close();
        }
    }

    @Override
    public Optional<String> complaint() {
        return whole || System.nanoTime() - lastUse < patience.toNanos() ? Optional.empty()
                : Optional.of("the host has not written to the stream for " + patience.toSeconds() + " s");
    }

    @Override
    public synchronized void helperEnded(Optional<String> failure) {
        ended = Optional.of(failure.orElse("it has ended"));
        writing.close();
        pipe.close();
        notifyAll();
    }

    /**
     * Takes the part of a piece that was not taken before, as much of it as there is room for within the time.
     *
     * @param offset where the piece begins
     * @param eof whether nothing comes after it
     * @return how many bytes of the stream were received by now
     * @throws CommandException when the restore has ended, or something is missing before the piece
     */
    public synchronized long write(long offset, byte[] piece, boolean eof, Duration wait)
            throws CommandException, IOException, InterruptedException {
        lastUse = System.nanoTime();
        if (!begun && lastUse - created > StreamLimits.BEGIN_PATIENCE_NANOS) {
            helperEnded(Optional.of("its job was cancelled before it began"));
        }
        if (offset < 0 || offset > received) {
            throw new CommandException("Parameter 'offset' is " + offset + ", and the stream goes on at " + received);
        }
        long end = offset + piece.length;
        if (ended.isPresent() && end > received) {
            throw new CommandException("The restore takes no more: " + ended.get());
        }
        if (whole && end > received) {
            throw new CommandException("The stream has ended at " + received + " bytes");
        }
        long limit = System.nanoTime() + wait.toNanos();
        for (long pause = SHORTEST_PAUSE_NANOS; received < end; ) {
            if (ended.isPresent()) {
                throw new CommandException("The restore takes no more: " + ended.get());
            }
            int from = (int) (received - offset);
            window.clear().put(piece, from, Math.min(WINDOW, piece.length - from)).flip();
            int written = writing.write(window);
            received += written;
            if (written > 0) {
                pause = SHORTEST_PAUSE_NANOS;
            } else if (System.nanoTime() - limit >= 0) {
                return received;
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }
        lastUse = System.nanoTime();
        whole |= eof && end == received;
        closeIfWhole();
        return received;
    }
}
