package io.lodger.posix;

/** How the kernel gives a thread its time, sched(7). */
public final class Scheduling {

    /** The first in goes first, before all ordinary threads: {@code SCHED_FIFO}. */
    public static final int FIFO = 1;
    /** To be joined with a policy: what the thread starts gets an ordinary one. */
    public static final int RESET_ON_FORK = 0x40000000;

    private final DirectMemory parameter = DirectMemory.allocate(Integer.BYTES);
    private final long address = parameter.address(0, Integer.BYTES);

    /** The policy of a thread, 0 standing for the calling one. */
    public int policy(int tid) throws ErrnoException {
        return ErrnoException.require("sched_getscheduler", LibC.sched_getscheduler(tid));
    }

    /** Its real-time priority; 0 for ordinary policies. */
    public int priority(int tid) throws ErrnoException {
        ErrnoException.require("sched_getparam", LibC.sched_getparam(tid, address));
        return parameter.bytes().getInt(0);
    }

    /** Sets policy and priority; false where that isn't allowed, such as without {@code CAP_SYS_NICE} or in a cgroup without such time. */
    public boolean set(int tid, int policy, int priority) {
        parameter.bytes().putInt(0, priority);
        return LibC.sched_setscheduler(tid, policy, address) == 0;
    }
}
