package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EpollTest {

    /** What /proc/PID/syscall begins with in epoll_wait on x86-64, in epoll_pwait elsewhere. */
    private static final String EPOLL_WAIT = System.getProperty("os.arch").equals("amd64") ? "232 " : "22 ";

    @Test
    void namesTheDescriptorThatIsReadyAndItsEvents() throws IOException {
        try (var epoll = new Epoll(); var quiet = SocketPair.open(); var busy = SocketPair.open()) {
            epoll.add(quiet.right(), Epoll.EPOLLIN);
            epoll.add(busy.right(), Epoll.EPOLLIN);
            assertEquals(0, epoll.await(0));
            busy.left().write(SocketPair.bytes("x"));
            assertEquals(1, epoll.await(-1));
            assertSame(busy.right(), epoll.ready(0));
            assertEquals(Epoll.EPOLLIN, epoll.events(0));
            busy.left().close();
            assertEquals(1, epoll.await(-1));
            assertEquals(Epoll.EPOLLIN | Epoll.EPOLLHUP, epoll.events(0));
        }
    }

    @Test
    void edgesAreReportedOnceEach() throws IOException {
        try (var epoll = new Epoll(); var pair = SocketPair.open()) {
            epoll.add(pair.right(), Epoll.EPOLLIN | Epoll.EPOLLET);
            pair.left().write(SocketPair.bytes("x"));
            assertEquals(1, epoll.await(-1));
            assertEquals(0, epoll.await(0), "nothing new, though a byte is unread");
            pair.left().write(SocketPair.bytes("y"));
            assertEquals(1, epoll.await(-1));
            epoll.modify(pair.right(), Epoll.EPOLLIN | Epoll.EPOLLET);
            assertEquals(1, epoll.await(-1), "modify reports what is ready anew");
        }
    }

    @Test
    void theEdgeOfAHangUpIsSleptThrough() throws IOException {
        try (var epoll = new Epoll(); var pair = SocketPair.open()) {
            epoll.add(pair.right(), Epoll.EPOLLIN | Epoll.EPOLLET);
            pair.left().close();
            assertEquals(1, epoll.await(-1));
            assertEquals(Epoll.EPOLLHUP, epoll.events(0) & Epoll.EPOLLHUP);
            assertEquals(0, epoll.await(1));
        }
    }

    @Test
    void aWakeupEndsTheWaitOfASleepingThread() throws Exception {
        try (var epoll = new Epoll()) {
            var sleeper = sleeper(epoll);
            epoll.wakeup();
            assertEquals(0, sleeper.get(10, TimeUnit.SECONDS));
            assertEquals(0, epoll.await(0), "a wakeup counts once");
        }
    }

    @Test
    void aWakeupBeforeTheWaitIsNotLost() throws IOException {
        try (var epoll = new Epoll()) {
            epoll.wakeup();
            epoll.wakeup();
            assertEquals(0, epoll.await(-1));
        }
    }

    @Test
    void closingEndsTheWaitOfASleepingThreadAndLeavesNothingOpen() throws Exception {
        var before = openFiles();
        var epoll = new Epoll();
        var sleeper = sleeper(epoll);
        epoll.close();
        var e = assertThrows(ExecutionException.class, () -> sleeper.get(10, TimeUnit.SECONDS));
        assertEquals(ClosedChannelException.class, e.getCause().getClass());
        epoll.close();
        epoll.wakeup();
        assertThrows(ClosedChannelException.class, () -> epoll.await(0));
        assertEquals(before, openFiles());
    }

    @Test
    void whatWasRemovedOrClosedIsNotReportedAnyMore() throws IOException {
        try (var epoll = new Epoll(); var removed = SocketPair.open(); var closed = SocketPair.open(); var next = SocketPair.open()) {
            epoll.add(removed.right(), Epoll.EPOLLIN);
            epoll.add(closed.right(), Epoll.EPOLLIN);
            removed.left().write(SocketPair.bytes("x"));
            closed.left().write(SocketPair.bytes("x"));
            epoll.remove(removed.right());
            epoll.remove(removed.right());
            closed.right().close();
            assertEquals(0, epoll.await(0));
            assertThrows(IllegalArgumentException.class, () -> epoll.modify(removed.right(), Epoll.EPOLLIN));
            epoll.add(next.right(), Epoll.EPOLLIN);
            assertEquals(0, epoll.await(0));
        }
    }

    @Test
    void manyDescriptorsAreWatchedAtOnce() throws IOException {
        var pairs = new ArrayList<SocketPair>();
        try (var epoll = new Epoll()) {
            for (int i = 0; i < 100; i++) {
                pairs.add(SocketPair.open());
                epoll.add(pairs.get(i).right(), Epoll.EPOLLIN);
                pairs.get(i).left().write(SocketPair.bytes("x"));
            }
            var seen = new HashSet<Descriptor>();
            var buffer = ByteBuffer.allocateDirect(1);
            for (int count = epoll.await(0); count > 0; count = epoll.await(0)) {
                for (int i = 0; i < count; i++) {
                    seen.add(epoll.ready(i));
                    epoll.ready(i).read(buffer.clear());
                }
            }
            assertEquals(100, seen.size());
        } finally {
            pairs.forEach(SocketPair::close);
        }
    }

    @Test
    void aDescriptorCantBeAddedTwice() throws IOException {
        try (var epoll = new Epoll(); var pair = SocketPair.open()) {
            epoll.add(pair.right(), Epoll.EPOLLIN);
            var e = assertThrows(ErrnoException.class, () -> epoll.add(pair.right(), Epoll.EPOLLIN));
            assertEquals(ErrnoException.EEXIST, e.errno());
        }
    }

    /** A thread that is known to sleep in epoll_wait. */
    private static CompletableFuture<Integer> sleeper(Epoll epoll) throws IOException {
        var result = new CompletableFuture<Integer>();
        var task = new CompletableFuture<Path>();
        new Thread(() -> {
            try {
                task.complete(Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self"))));
                result.complete(epoll.await(-1));
            } catch (IOException e) {
                result.completeExceptionally(e);
            }
        }).start();
        var syscall = task.join().resolve("syscall");
        while (!Files.readString(syscall).startsWith(EPOLL_WAIT)) {
            Thread.onSpinWait();
        }
        return result;
    }

    private static long openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
