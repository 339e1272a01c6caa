package io.lodger.posix;

/** What waitpid(2) tells of a thread that is traced, as {@link Ptrace#await} returns it. */
public final class WaitStatus {

    /** Nothing has happened to the thread yet. */
    public static final int NONE = -1;

    private static final int STOPPED = 0x7f;
    private static final int BYTE = 0xff;
    private static final int EVENT_SHIFT = 16;

    private WaitStatus() {
    }

    /** Whether the thread has ended, by itself or by a signal. */
    public static boolean hasEnded(int status) {
        return status != NONE && (status & BYTE) != STOPPED;
    }

    /** Whether the thread is stopped: {@code WIFSTOPPED}. */
    public static boolean isStopped(int status) {
        return status != NONE && (status & BYTE) == STOPPED;
    }

    /** The signal it was stopped by: {@code WSTOPSIG}. */
    public static int signal(int status) {
        return status >> Byte.SIZE & BYTE;
    }

    /** The {@code PTRACE_EVENT_} number of ptrace(2), or 0 when it is stopped by a signal that is about to be delivered. */
    public static int event(int status) {
        return status >>> EVENT_SHIFT;
    }
}
