package io.lodger.posix;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;

/** The functions of the C library that only tests need. */
final class TestLibC {

    static {
        Native.register(TestLibC.class, NativeLibrary.getProcess());
    }

    private TestLibC() {
    }

    static native int ioctl(int fd, long request, ByteBuffer argument);

    static native int socketpair(int domain, int type, int protocol, ByteBuffer pair);
}
