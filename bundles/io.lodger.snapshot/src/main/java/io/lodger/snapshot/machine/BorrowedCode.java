package io.lodger.snapshot.machine;

/**
 * Code of the target that is run, not changed.
 *
 * @param call the address of a system call instruction with a return after it; 0 as long as there is none
 * @param signalReturn the address of instructions that return from a signal handler; 0 as long as there are none
 */
public record BorrowedCode(long call, long signalReturn) {

    /** Nothing yet. */
    public static final BorrowedCode NONE = new BorrowedCode(0, 0);

    /** Whether both were found. */
    public boolean isComplete() {
        return call != 0 && signalReturn != 0;
    }
}
