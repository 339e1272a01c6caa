/**
 * The kernel's calls that Java has no face for: descriptors, epoll, raw terminals, vsock, rtnetlink, ptrace, and what a daemon needs.
 *
 * <p>Linux on 64-bit machines. Each type names the manual page its behaviour comes from. Nothing native is loaded before the first
 * call that needs it, and no type of JNA is seen here.
 *
 * <p>A failed system call is an {@link io.lodger.posix.ErrnoException}; a call on something that was closed is a
 * {@link java.nio.channels.ClosedChannelException}. Calls that a signal interrupted are made again, so {@code EINTR} is never
 * seen. Buffers that the kernel reads or fills are direct ones.
 */
@Export
@Version("1.1.0")
package io.lodger.posix;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
