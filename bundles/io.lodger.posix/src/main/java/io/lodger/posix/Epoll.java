package io.lodger.posix;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;

/**
 * Sleeps until one of many descriptors is ready, epoll(7).
 *
 * <p>One thread at a time awaits and looks at what was ready; every other method may be called by any thread meanwhile. Nothing is
 * allocated while waiting. Closing a descriptor removes it.
 */
public final class Epoll implements AutoCloseable {

    /** There is something to read, or to accept. See epoll_ctl(2). */
    public static final int EPOLLIN = 0x1;
    /** There is room to write, or a connection was made. */
    public static final int EPOLLOUT = 0x4;
    /** An error is pending. Always reported. */
    public static final int EPOLLERR = 0x8;
    /** The other side hung up. Always reported; on a virtio port for as long as no host is attached. */
    public static final int EPOLLHUP = 0x10;
    /** The peer of a stream socket writes no more. */
    public static final int EPOLLRDHUP = 0x2000;
    /** Report a descriptor once and then not before {@link #modify} is called for it. */
    public static final int EPOLLONESHOT = 1 << 30;
    /** Report changes only: once for each time something happens, not for as long as it lasts. */
    public static final int EPOLLET = 1 << 31;

    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;
    private static final int EPOLL_CLOEXEC = 02000000;
    private static final int EFD_CLOEXEC = 02000000;
    private static final int EFD_NONBLOCK = 04000;

    /** struct epoll_event is packed on x86-64 and nowhere else. */
    private static final int DATA_OFFSET = System.getProperty("os.arch").equals("amd64") ? 4 : 8;
    private static final int EVENT_SIZE = DATA_OFFSET + Long.BYTES;
    private static final int CAPACITY = 64;

    private final Descriptor epoll;
    private final Descriptor wake;
    private final ByteBuffer events = LibC.struct(CAPACITY * EVENT_SIZE);
    private final ByteBuffer wakeValue = LibC.struct(Long.BYTES);
    private final long eventsAddress = LibC.address(events);
    private final Descriptor[] ready = new Descriptor[CAPACITY];
    private final int[] readyEvents = new int[CAPACITY];

    private final Registrations registrations = new Registrations();

    /** An empty set. */
    public Epoll() throws ErrnoException {
        epoll = new Descriptor(ErrnoException.require("epoll_create1", LibC.epoll_create1(EPOLL_CLOEXEC)));
        int eventfd = LibC.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (eventfd < 0) {
            var failure = new ErrnoException("eventfd", LibC.errno());
            epoll.close();
            throw failure;
        }
        wake = new Descriptor(eventfd);
        try {
            control(EPOLL_CTL_ADD, wake, EPOLLIN, Registrations.NONE);
        } catch (ClosedChannelException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Begins to watch a descriptor.
     *
     * @param descriptor what to watch; once only
     * @param events the {@code EPOLL} constants to wait for, joined with {@code |}
     * @throws ErrnoException with {@code EEXIST} when it is watched already, with {@code EPERM} when it can't be watched: a file
     */
    public synchronized void add(Descriptor descriptor, int events) throws ErrnoException, ClosedChannelException {
        long data = registrations.next();
        control(EPOLL_CTL_ADD, descriptor, events, data);
        registrations.put(data, descriptor);
    }

    /** Waits for other events from now on, and reports anew what is ready already. */
    public synchronized void modify(Descriptor descriptor, int events) throws ErrnoException, ClosedChannelException {
        long data = registrations.data(descriptor);
        if (data == Registrations.NONE) {
            throw new IllegalArgumentException("descriptor " + descriptor.number() + " is not watched");
        }
        control(EPOLL_CTL_MOD, descriptor, events, data);
    }

    /** Stops watching a descriptor, so that {@link #await} names it no more; nothing happens when it wasn't watched or is closed. */
    public synchronized void remove(Descriptor descriptor) throws ErrnoException, ClosedChannelException {
        if (registrations.remove(descriptor) && descriptor.isOpen()) {
            control(EPOLL_CTL_DEL, descriptor, 0, 0);
        }
    }

    /**
     * Sleeps until a descriptor is ready, {@link #wakeup} is called, or the time is over.
     *
     * @param timeoutMillis the longest wait in milliseconds; 0 not to wait, -1 to wait for as long as it takes
     * @return how many descriptors are ready, to be asked for by {@link #ready}; 0 after a wakeup or at the end of the time
     * @throws ClosedChannelException when this was closed, before or meanwhile
     */
    public int await(int timeoutMillis) throws ErrnoException, ClosedChannelException {
        int fd = epoll.acquire();
        try {
            int wakeFd = wake.acquire();
            try {
                int count = sleep(fd, timeoutMillis);
                if (!epoll.isOpen()) {
                    throw new ClosedChannelException();
                }
                return collect(count, wakeFd);
            } finally {
                wake.release();
            }
        } finally {
            epoll.release();
        }
    }

    /** The descriptor that the last {@link #await} found ready at the index, from 0 to less than what it returned. */
    public Descriptor ready(int index) {
        return ready[index];
    }

    /** The events of {@link #ready} of the same index. */
    public int events(int index) {
        return readyEvents[index];
    }

    /** Lets {@link #await} return: the one under way, or else the next one. Any thread may call it; after a close it does nothing. */
    public void wakeup() {
        try {
            int fd = wake.acquire();
            try {
                LibC.eventfd_write(fd, 1);
            } finally {
                wake.release();
            }
        } catch (ClosedChannelException e) {
            // Nobody waits any more.
        }
    }

    /** Stops watching everything; a thread that awaits gets a {@link ClosedChannelException}. */
    @Override
    public void close() {
        epoll.close();
        wakeup();
        wake.close();
    }

    private int sleep(int fd, int timeoutMillis) throws ErrnoException {
        long deadline = timeoutMillis > 0 ? System.nanoTime() + timeoutMillis * 1_000_000L : 0;
        int timeout = timeoutMillis;
        while (true) {
            int count = LibC.epoll_wait(fd, eventsAddress, CAPACITY, timeout);
            if (count >= 0) {
                return count;
            }
            ErrnoException.retry("epoll_wait");
            if (timeoutMillis > 0) {
                timeout = (int) Math.max(0, (deadline - System.nanoTime() + 999_999) / 1_000_000);
            }
        }
    }

    private synchronized int collect(int count, int wakeFd) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            long data = events.getLong(i * EVENT_SIZE + DATA_OFFSET);
            var descriptor = registrations.get(data);
            if (data == Registrations.NONE) {
                LibC.eventfd_read(wakeFd, wakeValue);
            } else if (descriptor != null) {
                ready[found] = descriptor;
                readyEvents[found++] = events.getInt(i * EVENT_SIZE);
            }
        }
        Arrays.fill(ready, found, CAPACITY, null);
        return found;
    }

    private void control(int operation, Descriptor descriptor, int wanted, long data) throws ErrnoException, ClosedChannelException {
        var event = LibC.struct(EVENT_SIZE).putInt(0, wanted).putLong(DATA_OFFSET, data);
        int fd = epoll.acquire();
        try {
            int watched = descriptor.acquire();
            try {
                ErrnoException.require("epoll_ctl", LibC.epoll_ctl(fd, operation, watched, event));
            } finally {
                descriptor.release();
            }
        } finally {
            epoll.release();
        }
    }
}
