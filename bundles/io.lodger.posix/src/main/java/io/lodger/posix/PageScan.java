package io.lodger.posix;

import java.nio.channels.ClosedChannelException;

/**
 * Finds the pages of another process that hold something: those in memory or in swap space that aren't the kernel's page of zeros, by the
 * {@code PAGEMAP_SCAN} ioctl of /proc/PID/pagemap, or by reading that file where the kernel (before 6.7) doesn't know the ioctl, which
 * then also tells of the page of zeros. One object belongs to one thread.
 */
public final class PageScan implements AutoCloseable {

    /** The size of a page. */
    public static final int PAGE = 4096;

    private static final long PAGEMAP_SCAN = 0xc0606610L;
    private static final int ARGUMENT_SIZE = 96;
    private static final int WALK_END = 32;
    private static final long IS_PRESENT = 1 << 3;
    private static final long IS_SWAPPED = 1 << 4;
    private static final long IS_PFNZERO = 1 << 5;
    private static final int REGION_SIZE = 24;
    private static final int REGIONS = 1024;
    private static final int ENTRIES = REGIONS * REGION_SIZE / Long.BYTES;
    private static final int PRESENT_OR_SWAPPED_SHIFT = 62;

    private final Descriptor pagemap;
    private final DirectMemory argument = DirectMemory.allocate(ARGUMENT_SIZE);
    private final DirectMemory vector = DirectMemory.allocate(REGIONS * REGION_SIZE);
    private final long[] starts = new long[ENTRIES];
    private final long[] ends = new long[ENTRIES];
    private boolean hasScan = true;
    private int count;
    private long walkEnd;

    /** Opens the page map of a process; wants the rights of ptrace(2) on it. */
    public PageScan(int pid) throws ErrnoException {
        pagemap = Descriptor.open("/proc/" + pid + "/pagemap", Descriptor.O_RDONLY);
    }

    /**
     * Looks at a range from its beginning, as far as the result has room; go on at {@link #walkEnd}.
     *
     * @param from the address of a page
     * @param to the address after the last page
     * @return how many regions were found, in ascending order
     */
    public int scan(long from, long to) throws ErrnoException, ClosedChannelException {
        count = 0;
        int fd = pagemap.acquire();
        try {
            if (hasScan && ioctl(fd, from, to)) {
                return count;
            }
            hasScan = false;
            read(fd, from, to);
            return count;
        } finally {
            pagemap.release();
        }
    }

    /** Where a region of the last scan begins. */
    public long start(int region) {
        return starts[region];
    }

    /** The address after a region of the last scan. */
    public long end(int region) {
        return ends[region];
    }

    /** How far the last scan has looked; below the end of the range when the result had no room for more. */
    public long walkEnd() {
        return walkEnd;
    }

    private boolean ioctl(int fd, long from, long to) throws ErrnoException {
        // struct pm_scan_arg: size, flags, start, end, walk_end, vec, vec_len, max_pages, and four masks.
        argument.bytes().putLong(0, ARGUMENT_SIZE).putLong(8, 0).putLong(16, from).putLong(24, to).putLong(WALK_END, 0)
                .putLong(40, vector.address(0, vector.size())).putLong(48, REGIONS).putLong(56, 0)
                .putLong(64, IS_PFNZERO).putLong(72, IS_PFNZERO).putLong(80, IS_PRESENT | IS_SWAPPED).putLong(88, IS_PFNZERO);
        int found = LibC.ioctl(fd, PAGEMAP_SCAN, argument.address(0, ARGUMENT_SIZE));
        if (found < 0) {
            if (LibC.errno() == ErrnoException.ENOTTY || LibC.errno() == ErrnoException.EINVAL) {
                return false;
            }
            throw new ErrnoException("PAGEMAP_SCAN", LibC.errno());
        }
        for (int i = 0; i < found; i++) {
            add(vector.bytes().getLong(i * REGION_SIZE), vector.bytes().getLong(i * REGION_SIZE + Long.BYTES));
        }
        walkEnd = argument.bytes().getLong(WALK_END);
        return true;
    }

    private void read(int fd, long from, long to) throws ErrnoException {
        int pages = (int) Math.min(ENTRIES, (to - from) / PAGE);
        long length = LibC.pread(fd, vector.address(0, vector.size()), (long) pages * Long.BYTES, from / PAGE * Long.BYTES);
        if (length < 0) {
            throw new ErrnoException("read pagemap", LibC.errno());
        }
        for (int i = 0; i < length / Long.BYTES; i++) {
            if (vector.bytes().getLong(i * Long.BYTES) >>> PRESENT_OR_SWAPPED_SHIFT != 0) {
                add(from + (long) i * PAGE, from + (i + 1L) * PAGE);
            }
        }
        walkEnd = length == 0 ? to : from + length / Long.BYTES * PAGE;
    }

    private void add(long start, long end) {
        if (count > 0 && ends[count - 1] == start) {
            ends[count - 1] = end;
        } else {
            starts[count] = start;
            ends[count++] = end;
        }
    }

    @Override
    public void close() {
        pagemap.close();
    }
}
