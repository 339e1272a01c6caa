package io.lodger.posix;

import java.nio.channels.ClosedChannelException;

/** The threads of a process, from /proc/PID/task. Listing them makes no object. One object belongs to one thread. */
public final class ThreadList implements AutoCloseable {

    private static final int BUFFER_SIZE = 1 << 16;
    private static final int O_DIRECTORY = 0200000;
    private static final int RECORD_LENGTH = 16;
    private static final int NAME = 19;

    private final Descriptor directory;
    private final DirectMemory records = DirectMemory.allocate(BUFFER_SIZE);

    /** Opens the list of a process. */
    public ThreadList(int pid) throws ErrnoException {
        directory = Descriptor.open("/proc/" + pid + "/task", O_DIRECTORY);
    }

    /**
     * Lists the threads that are alive or zombies.
     *
     * @param into gets as many thread ids as it has room for
     * @return how many there are; 0 when the process has ended
     */
    public int list(int[] into) throws ErrnoException, ClosedChannelException {
        int fd = directory.acquire();
        try {
            int count = 0;
            LibC.lseek(fd, 0, 0);
            while (true) {
                int length = (int) LibC.getdents64(fd, records.address(0, records.size()), records.size());
                if (length < 0 && LibC.errno() != ErrnoException.ENOENT && LibC.errno() != ErrnoException.ESRCH) {
                    throw new ErrnoException("getdents64 of /proc/PID/task", LibC.errno());
                }
                if (length <= 0) {
                    return count;
                }
                count = collect(length, into, count);
            }
        } finally {
            directory.release();
        }
    }

    /** Takes the names that are numbers out of struct linux_dirent64. */
    private int collect(int length, int[] into, int before) {
        int count = before;
        var bytes = records.bytes();
        for (int at = 0; at < length; at += Short.toUnsignedInt(bytes.getShort(at + RECORD_LENGTH))) {
            int number = 0;
            for (int digit = at + NAME; bytes.get(digit) >= '0' && bytes.get(digit) <= '9'; digit++) {
                number = number * 10 + bytes.get(digit) - '0';
            }
            if (number > 0) {
                if (count < into.length) {
                    into[count] = number;
                }
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() {
        directory.close();
    }
}
