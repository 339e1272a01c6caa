package io.lodger.itests.benchmark;

import io.lodger.core.framing.MessageReader;
import io.lodger.core.framing.MessageSink;
import io.lodger.core.framing.Tokens;
import io.lodger.core.json.Json;
import io.lodger.core.json.JsonParseException;
import io.lodger.core.protocol.Reply;
import io.lodger.core.schema.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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

/** From the bytes of arguments to their record, and from a result to the bytes of its reply. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"})
public class Binding implements MessageSink {

    /** Arguments as a command has them. */
    public record Arguments(String path, Optional<String> mode, List<Part> parts) {
    }

    /** A part of the arguments. */
    public record Part(long offset, boolean last) {
    }

    private final io.lodger.core.json.Binding binding = new io.lodger.core.json.Binding(
            Shape.of(Arguments.class), Shape.of(Arguments.class));
    private final MessageReader reader = new MessageReader(this);
    private final byte[] json = "{\"path\": \"/etc/hosts\", \"parts\": [{\"offset\": 1, \"last\": false}, {\"offset\": 2, \"last\": true}]}"
            .getBytes(StandardCharsets.US_ASCII);
    private final Arguments value = new Arguments("/etc/hosts", Optional.empty(), List.of(new Part(1, false), new Part(2, true)));
    private Json parsed;

    @Benchmark
    public Record arguments() throws Exception {
        reader.feed(json, 0, json.length);
        return binding.arguments(parsed);
    }

    @Benchmark
    public Reply result() throws Exception {
        return Reply.success(binding.result(value), Optional.empty());
    }

    @Override
    public void message(Tokens message) {
        try {
            parsed = Json.parse(message);
        } catch (JsonParseException e) {
            throw new IllegalStateException(e);
        }
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
