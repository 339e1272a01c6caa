package io.lodger.command.testkit;

import io.lodger.core.transport.Connection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A host in the same process. */
final class MemoryConnection implements Connection {

    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private ByteBuffer current = ByteBuffer.wrap(END);

    void send(byte[] bytes) {
        if (bytes.length > 0) {
            requests.add(bytes);
        }
    }

    /** The next line of the agent, without its end. */
    String receive(Duration patience) throws InterruptedException {
        var received = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (received == null) {
            throw new AssertionError("no reply within " + patience.toSeconds() + " s");
        }
        return received;
    }

    @Override
    public int read(ByteBuffer into) {
        try {
            if (!current.hasRemaining()) {
                current = ByteBuffer.wrap(requests.take());
            }
        } catch (InterruptedException e) {
            return -1;
        }
        int count = Math.min(current.remaining(), into.remaining());
        into.put(current.slice(current.position(), count));
        current.position(current.position() + count);
        return count == 0 ? -1 : count;
    }

    @Override
    public int write(ByteBuffer from) {
        int count = from.remaining();
        while (from.hasRemaining()) {
            byte next = from.get();
            if (next == '\n') {
                lines.add(line.toString(StandardCharsets.ISO_8859_1));
                line.reset();
            } else {
                line.write(next);
            }
        }
        return count;
    }

    @Override
    public boolean awaitWritable(Duration timeout) {
        return true;
    }

    @Override
    public void close() {
        requests.add(END);
    }
}
