package io.lodger.save.process;

/** How a process has ended, in words. */
final class Exit {

    /** A process that a signal has killed has this and the signal's number for its status, as in a shell. */
    private static final int SIGNALLED = 128;
    private static final int HIGHEST_SIGNAL = 64;

    private Exit() {
    }

    static String of(int status) {
        return status > SIGNALLED && status <= SIGNALLED + HIGHEST_SIGNAL ? "it was killed by signal " + (status - SIGNALLED)
                : "it ended with status " + status;
    }
}
