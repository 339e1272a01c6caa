package io.lodger.snapshot.image;

import io.lodger.posix.PageScan;
import io.lodger.save.engine.SaveSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Writes the memory of the copy into the image: what holds something is read in pieces, and zeros are skipped. It is read from
 * /proc/PID/mem, proc(5), two to three times as fast as process_vm_readv(2), which pins each page first.
 */
public final class MemoryWriter implements AutoCloseable {

    /** What a processor's cache of its own holds beside other things. */
    private static final int PIECE = 128 << 10;
    /** Regions closer to each other than this are read at once. */
    private static final long GAP = 64 << 10;
    private static final int PAGE = PageScan.PAGE;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(PAGE);

    private final SaveSession session;
    private final FileChannel memory;
    private final PageScan pages;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private final List<String> unread = new ArrayList<>();
    private final String title;
    private final long total;
    private long done;
    private long written;

    /**
     * Prepares.
     *
     * @param copy the process id of the copy
     * @param title what is reported as progress
     * @param total how many bytes will be written, zeros included
     */
    public MemoryWriter(SaveSession session, int copy, String title, long total) throws IOException {
        this.session = session;
        this.pages = new PageScan(copy);
        this.memory = FileChannel.open(Path.of("/proc", Integer.toString(copy), "mem"), StandardOpenOption.READ);
        this.title = title;
        this.total = total;
    }

    /** Writes one mapping, or as much of it as belongs into the image. */
    public void write(Segment segment) throws IOException {
        long start = segment.mapping().start();
        long end = start + segment.fileSize();
        if (segment.mapping().isOfFile() || segment.mapping().path().startsWith("[v")) {
            // Pages of a file are part of it whether anybody has touched them or not.
            copy(start, end);
            return;
        }
        long at = start;
        long looked = start;
        while (looked < end) {
            int regions = pages.scan(looked, end);
            for (int i = 0; i < regions; i++) {
                int last = i;
                while (last + 1 < regions && pages.start(last + 1) - pages.end(last) < GAP) {
                    last++;
                }
                skip(pages.start(i) - at);
                copy(pages.start(i), pages.end(last));
                at = pages.end(last);
                i = last;
            }
            looked = pages.walkEnd();
        }
        skip(end - at);
    }

    private void copy(long start, long end) throws IOException {
        for (long at = start; at < end;) {
            int length = (int) Math.min(PIECE, end - at);
            int read = read(at, length);
            if (read == 0) {
                unread.add(Long.toHexString(at) + "-" + Long.toHexString(at + PAGE));
                skip(PAGE);
                at += PAGE;
            } else {
                writePiece(read);
                at += read;
            }
        }
    }

    /** How many bytes could be read, whole pages only. */
    private int read(long at, int length) throws IOException {
        int read;
        try {
            read = memory.read(piece.position(0).limit(length), at);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // EIO: nobody can read this page.
            return 0;
        }
        if (read < 0) {
            throw new IOException("the copy of the process was ended by somebody while it was being written"
                    + " (by the kernel perhaps, because memory ran out)");
        }
        return read / PAGE * PAGE;
    }

    /** Writes runs of pages that are not all zeros. */
    private void writePiece(int length) throws IOException {
        int at = 0;
        while (at < length) {
            boolean zero = isZero(at);
            int to = at + PAGE;
            while (to < length && isZero(to) == zero) {
                to += PAGE;
            }
            if (zero) {
                skip(to - at);
            } else {
                session.image().write(piece.limit(to).position(at));
                written += to - at;
                advance(to - at);
            }
            at = to;
        }
    }

    private boolean isZero(int at) {
        var page = piece.limit(at + PAGE).position(at);
        return page.getLong(at) == 0 && page.mismatch(ZEROS) < 0;
    }

    private void skip(long zeros) throws IOException {
        if (zeros > 0) {
            session.image().skip(zeros);
            advance(zeros);
        }
    }

    private void advance(long bytes) {
        done += bytes;
        session.progress(title, done, total);
        if (session.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("saving was cancelled");
        }
    }

    /** How many bytes were written that are not zeros by the page. */
    public long written() {
        return written;
    }

    /** What could not be read, as ranges in hexadecimal digits, with zeros in their place. */
    public List<String> unread() {
        return unread;
    }

    @Override
    public void close() throws IOException {
        pages.close();
        memory.close();
    }
}
