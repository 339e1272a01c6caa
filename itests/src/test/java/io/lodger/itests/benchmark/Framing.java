package io.lodger.itests.benchmark;

import io.lodger.core.framing.MessageReader;
import io.lodger.core.framing.MessageSink;
import io.lodger.core.framing.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding a small message, and one of 48 MiB in pieces of 64 KiB as they come from a channel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx320m"})
public class Framing implements MessageSink {

    private static final int PIECE = 64 << 10;

    private final MessageReader reader = new MessageReader(this);
    private final byte[] ping = "{\"execute\": \"guest-ping\"}\n".getBytes(StandardCharsets.US_ASCII);
    private final byte[] piece = "QUJD".repeat(PIECE / 4).getBytes(StandardCharsets.US_ASCII);
    private final byte[] head = "{\"execute\": \"guest-file-write\", \"arguments\": {\"buf-b64\": \"".getBytes(StandardCharsets.US_ASCII);
    private final byte[] tail = "\"}}".getBytes(StandardCharsets.US_ASCII);
    private int messages;

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public int ping() {
        reader.feed(ping, 0, ping.length);
        return messages;
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public int request48MiB() {
        reader.feed(head, 0, head.length);
        for (int i = 0; i < (48 << 20) / PIECE; i++) {
            reader.feed(piece, 0, PIECE);
        }
        reader.feed(tail, 0, tail.length);
        return messages;
    }

    @Override
    public void message(Tokens message) {
        messages++;
    }

    @Override
    public void malformed(String description) {
        throw new IllegalStateException(description);
    }

    @Override
    public void resynchronise() {
        throw new IllegalStateException("nothing to resynchronise");
    }
}
