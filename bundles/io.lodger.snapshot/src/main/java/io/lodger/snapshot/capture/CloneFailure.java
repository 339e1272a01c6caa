package io.lodger.snapshot.capture;

import io.lodger.posix.ErrnoException;
import java.io.IOException;

/** The target could not be made to clone itself; it has lost nothing by that. */
final class CloneFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private CloneFailure(String reason) {
        super("the kernel refused to copy the process: " + reason);
    }

    /** Says what an error of clone(2) means. */
    static CloneFailure of(int errno) {
        return new CloneFailure(switch (errno) {
            case ErrnoException.EAGAIN -> "its user's limit of processes, or that of its control group, is reached (EAGAIN)";
            case ErrnoException.ENOMEM -> "there is not enough memory for a copy, or overcommitting it is forbidden (ENOMEM)";
            case ErrnoException.EPERM -> "it isn't permitted to clone (EPERM)";
            default -> "clone failed with errno " + errno;
        });
    }
}
