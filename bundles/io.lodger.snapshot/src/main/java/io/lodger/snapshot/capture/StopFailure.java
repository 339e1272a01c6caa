package io.lodger.snapshot.capture;

import java.io.IOException;

/** A thread didn't stop in time, for it waits in the kernel where nothing interrupts it. It may work a moment later. */
public final class StopFailure extends IOException {

    private static final long serialVersionUID = 1L;

    StopFailure(int pid, int tid) {
        super("thread " + tid + " of process " + pid + " can't be stopped");
    }
}
