package io.lodger.snapshot.capture;

/** The steps of taking a snapshot, in their order, at each of which everything may end. */
public enum Stage {
    /** All threads are seized; none is stopped. */
    SEIZED,
    /** All threads are stopped. */
    STOPPED,
    /** The stacks are written into the target. */
    LAID_OUT,
    /** A thread is set upon a call. */
    CALL_SET,
    /** It blocks all signals. */
    SIGNALS_BLOCKED,
    /** It has made a thread. */
    THREAD_MADE,
    /** It has its own registers back. */
    RESTORED,
    /** The new thread has made a process that shares everything. */
    PROCESS_MADE,
    /** That process has made the copy. */
    COPIED,
    /** The new thread has ended, and the stacks are gone. */
    CLEANED,
    /** All threads run on. */
    RELEASED,
    /** The copy holds no descriptor. */
    CLOSED,
    /** The first half of the image is written. */
    WRITING
}
