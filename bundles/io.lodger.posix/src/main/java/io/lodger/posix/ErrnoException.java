package io.lodger.posix;

import java.io.IOException;

/** A system call that failed, with its {@code errno} (errno(3)). The message is the call, its object and the text of strerror(3). */
public final class ErrnoException extends IOException {

    /** Operation not permitted. */
    public static final int EPERM = 1;
    /** No such file or directory. */
    public static final int ENOENT = 2;
    /** No such process or thread, or none of one's own. */
    public static final int ESRCH = 3;
    /** Interrupted system call; retried inside this package. */
    public static final int EINTR = 4;
    /** Input/output error; what the master of a pseudoterminal reads once nobody has its other side open. */
    public static final int EIO = 5;
    /** No such device or address. */
    public static final int ENXIO = 6;
    /** Bad file descriptor. */
    public static final int EBADF = 9;
    /** No such child. */
    public static final int ECHILD = 10;
    /** The call would block, or a limit on processes is reached. */
    public static final int EAGAIN = 11;
    /** Not enough memory. */
    public static final int ENOMEM = 12;
    /** Permission denied. */
    public static final int EACCES = 13;
    /** Bad address. */
    public static final int EFAULT = 14;
    /** Device or resource busy. */
    public static final int EBUSY = 16;
    /** File exists. */
    public static final int EEXIST = 17;
    /** No such device. */
    public static final int ENODEV = 19;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** Inappropriate ioctl for the device: not a terminal. */
    public static final int ENOTTY = 25;
    /** Nobody reads the pipe or socket any more. */
    public static final int EPIPE = 32;
    /** Not a socket. */
    public static final int ENOTSOCK = 88;
    /** Operation not supported. */
    public static final int EOPNOTSUPP = 95;
    /** Address family not supported, as where a kernel has no vsock or no IPv6. */
    public static final int EAFNOSUPPORT = 97;
    /** Address already in use. */
    public static final int EADDRINUSE = 98;
    /** Connection aborted by the peer before it was accepted. */
    public static final int ECONNABORTED = 103;
    /** Connection reset by the peer. */
    public static final int ECONNRESET = 104;
    /** No buffer space; what a netlink socket reports when replies were lost. */
    public static final int ENOBUFS = 105;
    /** Connection refused. */
    public static final int ECONNREFUSED = 111;
    /** The connection is under way. */
    public static final int EINPROGRESS = 115;

    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * A failed call.
     *
     * @param call the call and its object, such as {@code "open /dev/ttyS0"}
     * @param errno the error's number
     */
    ErrnoException(String call, int errno) {
        super(call + ": " + LibC.strerror(errno));
        this.errno = errno;
    }

    /** The error's number, one of the constants here or any other of errno(3). */
    public int errno() {
        return errno;
    }

    /** What a call returned, unless that says it failed. */
    static int require(String call, int result) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(call, LibC.errno());
        }
        return result;
    }

    /** Whether the call that has just failed would block; false when it is to be made again, and any other failure is thrown. */
    static boolean wouldBlock(String call) throws ErrnoException {
        int errno = LibC.errno();
        if (errno != EAGAIN && errno != EINTR) {
            throw new ErrnoException(call, errno);
        }
        return errno == EAGAIN;
    }

    /** Returns when the call that has just failed was interrupted by a signal, and throws otherwise. */
    static void retry(String call) throws ErrnoException {
        int errno = LibC.errno();
        if (errno != EINTR) {
            throw new ErrnoException(call, errno);
        }
    }
}
