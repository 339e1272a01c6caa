package io.lodger.snapshot.image;

import io.lodger.posix.DirectMemory;
import io.lodger.posix.ErrnoException;
import io.lodger.posix.PageScan;
import io.lodger.posix.ProcessMemory;
import io.lodger.save.engine.SaveSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Writes the memory of the copy into the image: what holds something is read in large pieces, and zeros are skipped. */
public final class MemoryWriter implements AutoCloseable {

    private static final int PIECE = 4 << 20;
    /** Regions closer to each other than this are read at once. */
    private static final long GAP = 64 << 10;
    private static final int PAGE = PageScan.PAGE;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(PAGE);

    private final SaveSession session;
    private final ProcessMemory memory;
    private final PageScan pages;
    private final DirectMemory piece = DirectMemory.allocate(PIECE);
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
        this.memory = new ProcessMemory(copy);
        this.pages = new PageScan(copy);
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
        try {
            return memory.read(at, piece, 0, length) / PAGE * PAGE;
        } catch (ErrnoException e) {
            if (e.errno() == ErrnoException.EFAULT) {
                return 0;
            }
            throw new IOException("the copy of the process was ended by somebody while it was being written"
                    + " (by the kernel perhaps, because memory ran out)", e);
        }
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
                session.image().write(piece.bytes().limit(to).position(at));
                written += to - at;
                advance(to - at);
            }
            at = to;
        }
    }

    private boolean isZero(int at) {
        var page = piece.bytes().limit(at + PAGE).position(at);
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
    public void close() {
        pages.close();
    }
}
