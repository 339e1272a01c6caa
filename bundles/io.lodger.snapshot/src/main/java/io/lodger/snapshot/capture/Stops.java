package io.lodger.snapshot.capture;

import io.lodger.posix.Ptrace;
import io.lodger.posix.WaitStatus;
import java.io.IOException;

/** Runs traced threads from one stop to the next, and holds signals back that arrive in between. */
final class Stops {

    /** What {@link Ptrace#O_TRACESYSGOOD} adds to the signal of a stop at a system call. */
    private static final int CALL_STOP = 0x80;

    private final Threads threads;
    private final Ptrace ptrace;
    private int heldBack;

    Stops(Threads threads, Ptrace ptrace) {
        this.threads = threads;
        this.ptrace = ptrace;
    }

    /** Runs to the call's entry, its event or its exit. Other stops, such as that of a group, are passed. */
    int awaitCallStop(int tid) throws IOException {
        while (true) {
            ptrace.resumeToSystemCall(tid);
            int status = stopOf(tid);
            if (WaitStatus.event(status) == Ptrace.EVENT_CLONE
                    || WaitStatus.event(status) == 0 && (WaitStatus.signal(status) & CALL_STOP) != 0) {
                return status;
            }
            holdBack(status);
        }
    }

    /** Lets a thread leave the call it has made, and stops it before its next instruction. */
    void interruptInCall(int tid) throws IOException {
        ptrace.interrupt(tid);
        ptrace.resume(tid, 0);
        awaitStop(tid);
    }

    /** Waits until a thread that was told to is stopped; what stops it before that is passed. */
    void awaitStop(int tid) throws IOException {
        int status = stopOf(tid);
        while (WaitStatus.event(status) != Ptrace.EVENT_STOP) {
            holdBack(status);
            ptrace.interrupt(tid);
            ptrace.resume(tid, 0);
            status = stopOf(tid);
        }
    }

    private int stopOf(int tid) throws IOException {
        int status = ptrace.await(tid);
        if (WaitStatus.hasEnded(status)) {
            throw new IOException("process " + threads.tid(0) + " was ended by somebody while its image was taken");
        }
        return status;
    }

    /** The one signal that can't be blocked and doesn't end the process is SIGSTOP: it is sent again later. */
    private void holdBack(int status) {
        if (WaitStatus.event(status) == 0 && (WaitStatus.signal(status) & CALL_STOP) == 0) {
            heldBack = WaitStatus.signal(status);
        }
    }

    /** A signal that was kept from the target, or 0. */
    int heldBack() {
        return heldBack;
    }
}
