package io.lodger.posix;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The functions of the C library, and the only place that knows JNA. Mapped directly and with primitives, so that a call costs
 * little more than the call itself; {@code size_t}, {@code ssize_t}, {@code off_t} and addresses are {@code long}, which is why
 * this wants a 64-bit machine. A {@code ByteBuffer} stands for the address of its first byte, whatever its position is.
 *
 * <p>{@code errno} is asked for after a call that returned -1. JNA's way of throwing it instead would build an exception for every
 * {@code EAGAIN} and takes any stale {@code errno} of a call that succeeded for a failure.
 */
final class LibC {

    /** Without a value JNA runs ldconfig to learn where libraries are, which takes 30 ms and more; this one is in the process already. */
    private static final String LIBRARY_PATH = "jna.platform.library.path";

    static {
        if (Native.SIZE_T_SIZE != Long.BYTES) {
            throw new UnsupportedOperationException("io.lodger.posix needs a 64-bit JVM on Linux; this one is "
                    + System.getProperty("os.arch"));
        }
        if (System.getProperty(LIBRARY_PATH) == null) {
            System.setProperty(LIBRARY_PATH, "");
        }
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC() {
    }

    static native int open(byte[] path, int flags, int mode);

    static native int close(int fd);

    static native long read(int fd, long buffer, long count);

    static native long write(int fd, long buffer, long count);

    static native int fcntl(int fd, int command, long argument);

    static native int dup2(int from, int to);

    static native int madvise(long address, long length, int advice);

    static native int ftruncate(int fd, long length);

    static native int lockf(int fd, int command, long length);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int fd, ByteBuffer event);

    static native int epoll_wait(int epoll, long events, int capacity, int timeoutMillis);

    static native int eventfd(int initial, int flags);

    static native int eventfd_read(int fd, ByteBuffer value);

    static native int eventfd_write(int fd, long value);

    static native int tcgetattr(int fd, ByteBuffer termios);

    static native int tcsetattr(int fd, int actions, ByteBuffer termios);

    static native int tcflush(int fd, int queue);

    static native void cfmakeraw(ByteBuffer termios);

    static native int cfsetspeed(ByteBuffer termios, int speed);

    static native int socket(int domain, int type, int protocol);

    static native int bind(int fd, ByteBuffer address, int length);

    static native int listen(int fd, int backlog);

    static native int accept4(int fd, long address, long length, int flags);

    static native int connect(int fd, ByteBuffer address, int length);

    static native int getsockopt(int fd, int level, int name, ByteBuffer value, ByteBuffer length);

    static native int setsockopt(int fd, int level, int name, ByteBuffer value, int length);

    static native long recv(int fd, ByteBuffer buffer, long length, int flags);

    static native int setsid();

    static native int umask(int mask);

    static native int chdir(byte[] path);

    static native int pipe2(ByteBuffer ends, int flags);

    static native int clock_gettime(int clock, ByteBuffer timespec);

    static native long pread(int fd, long buffer, long count, long offset);

    static native long lseek(int fd, long offset, int whence);

    static native long getdents64(int fd, long buffer, long count);

    static native int ioctl(int fd, long request, long argument);

    static native long ptrace(long request, long tid, long address, long data);

    static native int waitpid(int pid, long status, int options);

    static native int kill(int pid, int signal);

    static native long process_vm_readv(int pid, long local, long localCount, long remote, long remoteCount, long flags);

    static native long process_vm_writev(int pid, long local, long localCount, long remote, long remoteCount, long flags);

    static native int sched_getscheduler(int tid);

    static native int sched_getparam(int tid, long parameter);

    static native int sched_setscheduler(int tid, int policy, long parameter);

    static native void sync();

    static native int reboot(int command);

    static native String strerror(int errno);

    /** The error of this thread's last call. */
    static int errno() {
        return Native.getLastError();
    }

    /** The address of a direct buffer's first byte. The caller keeps the buffer reachable for as long as the address is in use. */
    static long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    /** A direct buffer of zeros in the machine's byte order, for a C structure. */
    static ByteBuffer struct(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
}
