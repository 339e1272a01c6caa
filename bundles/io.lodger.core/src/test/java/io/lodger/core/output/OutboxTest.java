package io.lodger.core.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.protocol.Reply;
import io.lodger.core.transport.Connection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTest {

    /** A host that takes what it is given as the test lets it, and of whose waiters each learns of room once. */
    private static final class SlowHost implements Connection {

        final AtomicInteger waiting = new AtomicInteger();
        final AtomicInteger mostWaiting = new AtomicInteger();
        final Semaphore room = new Semaphore(0);
        final List<String> taken = Collections.synchronizedList(new ArrayList<>());
        volatile int takes;

        @Override
        public int read(ByteBuffer into) {
            return -1;
        }

        @Override
        public int write(ByteBuffer from) {
            int count = Math.min(takes, from.remaining());
            takes -= count;
            var bytes = new byte[count];
            from.get(bytes);
            if (count > 0) {
                taken.add(new String(bytes, StandardCharsets.US_ASCII));
            }
            return count;
        }

        @Override
        public boolean awaitWritable(Duration timeout) {
            mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            try {
                return room.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                return false;
            } finally {
                waiting.decrementAndGet();
            }
        }

        @Override
        public void close() {
            room.release(1000);
        }
    }

    private static Optional<Reply> reply(String line) {
        return Optional.of(new Reply(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII))));
    }

    private static ReplyFate fate(CountDownLatch sent) {
        var fate = new ReplyFate();
        fate.add(sent::countDown, () -> { });
        return fate;
    }

    @Test
    void oneThreadAloneWaitsForTheHostHoweverManyRepliesAreFollowed() throws Exception {
        var host = new SlowHost();
        var outbox = new Outbox(host, new SpareBuffers());
        var sent = List.of(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
        host.takes = 2;
        for (int i = 0; i < 3; i++) {
            outbox.owe();
            outbox.settle(reply(i + "\n"), Optional.of(fate(sent.get(i))));
        }
        host.room.release();
        assertTrue(sent.get(0).await(30, TimeUnit.SECONDS));
        assertEquals(1, sent.get(1).getCount());
        host.takes = 100;
        host.room.release(2);
        assertTrue(sent.get(1).await(30, TimeUnit.SECONDS) && sent.get(2).await(30, TimeUnit.SECONDS));
        assertEquals("0\n1\n2\n", String.join("", host.taken));
        assertEquals(1, host.mostWaiting.get());
    }

    @Test
    void aReplyWhoseConnectionIsClosedBeforeItLeftIsLost() throws Exception {
        var host = new SlowHost();
        var outbox = new Outbox(host, new SpareBuffers());
        var lost = new CountDownLatch(1);
        var fate = new ReplyFate();
        fate.add(() -> { }, lost::countDown);
        outbox.owe();
        outbox.settle(reply("never\n"), Optional.of(fate));
        outbox.close();
        assertTrue(lost.await(30, TimeUnit.SECONDS));
    }

    @Test
    void aConnectionIsClosedWhenTheLastReplyItIsOwedHasLeft() throws Exception {
        var host = new SlowHost();
        var outbox = new Outbox(host, new SpareBuffers());
        var sent = new CountDownLatch(1);
        outbox.owe();
        outbox.endInput();
        host.takes = 100;
        outbox.settle(reply("last\n"), Optional.of(fate(sent)));
        host.room.release();
        assertTrue(sent.await(30, TimeUnit.SECONDS));
        assertEquals(List.of("last\n"), host.taken);
    }
}
