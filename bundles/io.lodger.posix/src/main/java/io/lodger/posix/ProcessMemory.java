package io.lodger.posix;

/** The memory of another process, process_vm_readv(2). Wants the rights of ptrace(2) on it. One object belongs to one thread. */
public final class ProcessMemory {

    private static final int LOCAL = 0;
    private static final int REMOTE = 16;

    private final int pid;
    private final DirectMemory vectors = DirectMemory.allocate(32);
    private final long address = vectors.address(0, vectors.size());

    /** The memory of the process that a thread belongs to. */
    public ProcessMemory(int pid) {
        this.pid = pid;
    }

    /**
     * Reads as much of a range as there is from its beginning on.
     *
     * @param remote where the range begins there
     * @return how many bytes were read: fewer than asked for when a page can't be read
     * @throws ErrnoException when none could be: {@code EFAULT} for the address, {@code ESRCH} when the process has ended
     */
    public int read(long remote, DirectMemory into, int offset, int length) throws ErrnoException {
        point(remote, into, offset, length);
        long count = LibC.process_vm_readv(pid, address + LOCAL, 1, address + REMOTE, 1, 0);
        if (count < 0) {
            throw failure("read", remote);
        }
        return (int) count;
    }

    /** Writes all of a range, which must be writable there. */
    public void write(long remote, DirectMemory from, int offset, int length) throws ErrnoException {
        point(remote, from, offset, length);
        long count = LibC.process_vm_writev(pid, address + LOCAL, 1, address + REMOTE, 1, 0);
        if (count < 0) {
            throw failure("write", remote);
        }
        if (count < length) {
            throw new ErrnoException("write " + length + " bytes at " + Long.toHexString(remote), ErrnoException.EFAULT);
        }
    }

    private void point(long remote, DirectMemory local, int offset, int length) {
        vectors.bytes().putLong(LOCAL, local.address(offset, length)).putLong(LOCAL + Long.BYTES, length)
                .putLong(REMOTE, remote).putLong(REMOTE + Long.BYTES, length);
    }

    private ErrnoException failure(String what, long remote) {
        int errno = LibC.errno();
        return new ErrnoException(what + " memory of process " + pid + " at " + Long.toHexString(remote), errno);
    }
}
