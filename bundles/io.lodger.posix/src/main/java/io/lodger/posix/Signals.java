package io.lodger.posix;

/** Signals to other processes, kill(2). */
public final class Signals {

    /** Ends a process at once. */
    public static final int SIGKILL = 9;

    private Signals() {
    }

    /**
     * Sends a signal to a process.
     *
     * @return false when there is no such process any more
     */
    public static boolean kill(int pid, int signal) throws ErrnoException {
        if (LibC.kill(pid, signal) == 0) {
            return true;
        }
        if (LibC.errno() == ErrnoException.ESRCH) {
            return false;
        }
        throw new ErrnoException("kill " + pid, LibC.errno());
    }
}
