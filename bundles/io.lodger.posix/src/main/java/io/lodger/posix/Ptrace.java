package io.lodger.posix;

/**
 * Stops, examines and resumes threads of other processes, ptrace(2) with {@code PTRACE_SEIZE}. All calls on a thread must come from the
 * thread that has seized it, a platform thread that stays; when that one ends, however it does, the kernel lets go of all it has seized.
 * One object belongs to one thread. No call makes an object unless it fails; {@code ESRCH} means that the thread has ended, or isn't
 * stopped where it must be.
 */
public final class Ptrace {

    /** A system call stop's signal is {@code SIGTRAP | 0x80}. */
    public static final int O_TRACESYSGOOD = 1;
    /** What a seized thread clones is seized, too, with the same options, and stopped before its first instruction. */
    public static final int O_TRACECLONE = 1 << 3;
    /** The thread's process is killed when the tracer ends. */
    public static final int O_EXITKILL = 1 << 20;
    /** Seccomp filters don't apply as long as the thread is traced; wants {@code CAP_SYS_ADMIN}. */
    public static final int O_SUSPEND_SECCOMP = 1 << 21;

    /** The event of a thread that has cloned, see {@link WaitStatus#event}. */
    public static final int EVENT_CLONE = 3;
    /** The event of a thread that was interrupted, is newly born, or takes part in a group stop. */
    public static final int EVENT_STOP = 128;

    private static final int CONT = 7;
    private static final int DETACH = 17;
    private static final int SYSCALL = 24;
    private static final int SETOPTIONS = 0x4200;
    private static final int GETEVENTMSG = 0x4201;
    private static final int GETREGSET = 0x4204;
    private static final int SETREGSET = 0x4205;
    private static final int SEIZE = 0x4206;
    private static final int INTERRUPT = 0x4207;
    private static final int PEEKSIGINFO = 0x4209;
    private static final int GETSIGMASK = 0x420a;
    private static final int SETSIGMASK = 0x420b;
    private static final int GET_RSEQ_CONFIGURATION = 0x420f;
    private static final int WNOHANG = 1;
    private static final int WALL = 0x40000000;

    private static final int SIGINFO_SIZE = 128;
    private static final int PEEKED = 16;
    private static final int ARGUMENTS = 32;
    private static final int RSEQ_CONFIGURATION_SIZE = 24;

    private final DirectMemory scratch = DirectMemory.allocate(ARGUMENTS + PEEKED * SIGINFO_SIZE);
    private final long address = scratch.address(0, scratch.size());

    /** Begins to trace a thread; it isn't stopped by that. */
    public void seize(int tid, int options) throws ErrnoException {
        request(SEIZE, tid, 0, options, "PTRACE_SEIZE");
    }

    /** Asks a seized thread to stop, also in the middle of a system call. */
    public void interrupt(int tid) throws ErrnoException {
        request(INTERRUPT, tid, 0, 0, "PTRACE_INTERRUPT");
    }

    /** Lets a stopped thread run on, with a signal or 0. */
    public void resume(int tid, int signal) throws ErrnoException {
        request(CONT, tid, 0, signal, "PTRACE_CONT");
    }

    /** Lets a stopped thread run to the next entry to or exit from a system call. */
    public void resumeToSystemCall(int tid) throws ErrnoException {
        request(SYSCALL, tid, 0, 0, "PTRACE_SYSCALL");
    }

    /** Ends the tracing of a stopped thread, which runs on, or stays in a group stop. */
    public void detach(int tid, int signal) throws ErrnoException {
        request(DETACH, tid, 0, signal, "PTRACE_DETACH");
    }

    /** Sets the {@code O_} options of a stopped thread. */
    public void setOptions(int tid, int options) throws ErrnoException {
        request(SETOPTIONS, tid, 0, options, "PTRACE_SETOPTIONS");
    }

    /** The number that goes with an event, for {@link #EVENT_CLONE} the new thread's id in this process's PID namespace. */
    public int eventMessage(int tid) throws ErrnoException {
        request(GETEVENTMSG, tid, 0, address, "PTRACE_GETEVENTMSG");
        return (int) scratch.bytes().getLong(0);
    }

    /**
     * Reads a register set of a stopped thread.
     *
     * @param type the set's note type of elf(5), such as 1 for {@code NT_PRSTATUS}
     * @return how many bytes it has, at most the length
     */
    public int readRegisters(int tid, int type, DirectMemory into, int offset, int length) throws ErrnoException {
        return registers(GETREGSET, tid, type, into, offset, length, "PTRACE_GETREGSET");
    }

    /** Sets a register set of a stopped thread, all at once. */
    public void writeRegisters(int tid, int type, DirectMemory from, int offset, int length) throws ErrnoException {
        registers(SETREGSET, tid, type, from, offset, length, "PTRACE_SETREGSET");
    }

    private int registers(int request, int tid, int type, DirectMemory memory, int offset, int length, String name)
            throws ErrnoException {
        scratch.bytes().putLong(0, memory.address(offset, length)).putLong(Long.BYTES, length);
        request(request, tid, type, address, name);
        return (int) scratch.bytes().getLong(Long.BYTES);
    }

    /** The signals that a stopped thread blocks, bit 0 for signal 1; after a call such as sigsuspend(2) those from before the call. */
    public long signalMask(int tid) throws ErrnoException {
        request(GETSIGMASK, tid, Long.BYTES, address, "PTRACE_GETSIGMASK");
        return scratch.bytes().getLong(0);
    }

    /** Sets which signals a stopped thread blocks. */
    public void setSignalMask(int tid, long mask) throws ErrnoException {
        scratch.bytes().putLong(0, mask);
        request(SETSIGMASK, tid, Long.BYTES, address, "PTRACE_SETSIGMASK");
    }

    /** The first 16 kinds of signals that wait for a stopped thread, or for its process, as a mask with bit 0 for signal 1. */
    public long pendingSignals(int tid, boolean ofProcess) throws ErrnoException {
        scratch.bytes().putLong(0, 0).putInt(8, ofProcess ? 1 : 0).putInt(12, PEEKED);
        long count = request(PEEKSIGINFO, tid, address, address + ARGUMENTS, "PTRACE_PEEKSIGINFO");
        long pending = 0;
        for (int i = 0; i < count; i++) {
            pending |= 1L << scratch.bytes().getInt(ARGUMENTS + i * SIGINFO_SIZE) - 1;
        }
        return pending;
    }

    /** Where a stopped thread has its struct rseq, which tells of a restartable sequence under way; 0 when it has none, or unknown. */
    public long restartableSequence(int tid) throws ErrnoException {
        long result = LibC.ptrace(GET_RSEQ_CONFIGURATION, tid, RSEQ_CONFIGURATION_SIZE, address);
        if (result < 0 && LibC.errno() == ErrnoException.ESRCH) {
            throw new ErrnoException("PTRACE_GET_RSEQ_CONFIGURATION " + tid, ErrnoException.ESRCH);
        }
        return result < 0 ? 0 : scratch.bytes().getLong(0);
    }

    /** Waits until something happens to a traced thread, waitpid(2); see {@link WaitStatus}. */
    public int await(int tid) throws ErrnoException {
        return await(tid, WALL);
    }

    /** What has happened to a traced thread, or {@link WaitStatus#NONE}. */
    public int poll(int tid) throws ErrnoException {
        return await(tid, WALL | WNOHANG);
    }

    private int await(int tid, int options) throws ErrnoException {
        while (true) {
            int changed = LibC.waitpid(tid, address, options);
            if (changed >= 0) {
                return changed == 0 ? WaitStatus.NONE : scratch.bytes().getInt(0);
            }
            ErrnoException.retry("waitpid");
        }
    }

    private static long request(int request, int tid, long address, long data, String name) throws ErrnoException {
        long result = LibC.ptrace(request, tid, address, data);
        if (result < 0) {
            throw new ErrnoException(name + " " + tid, LibC.errno());
        }
        return result;
    }
}
