package io.lodger.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.ChannelConfiguration.Method;
import io.lodger.core.builtin.Ping;
import io.lodger.core.dispatch.Channel;
import io.lodger.core.dispatch.CommandPolicy;
import io.lodger.core.dispatch.Dispatcher;
import io.lodger.core.execution.WorkerPool;
import io.lodger.core.job.Jobs;
import io.lodger.core.registry.CommandDescription.Origin;
import io.lodger.core.registry.CommandDescription;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand.Handling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialLineTest {

    private static final String PING = "{\"execute\": \"guest-ping\"}\n";
    private static final String NOTHING = "{\"return\": {}}";

    @TempDir
    Path folder;

    private ServedChannel serve(String path, boolean retry) throws IOException {
        var registry = new CommandRegistry();
        registry.add(new CommandDescription(Ping.class, Ping.FACTS, new Origin("test", "1.0.0")), new Ping(), Handling.IMMEDIATE);
        registry.complete();
        var policy = new CommandPolicy(Optional.empty(), List.of(), new FrozenFile(folder));
        var workers = new WorkerPool(1);
        return new ServedChannel(new ChannelConfiguration("serial", Method.ISA_SERIAL, path), retry, Duration.ofMillis(10),
                new Channel(new Dispatcher(registry, policy, new Jobs(workers.clock())), workers, Duration.ofSeconds(2)));
    }

    @Test
    void requestsAreAnsweredWithoutAnEchoAndWithNothingAddedToTheLineFeed() throws Exception {
        try (var pty = Pty.open(); var channel = serve(pty.line(), false)) {
            pty.send(PING);
            assertEquals(NOTHING, pty.receive());
            pty.send("\u00ff{\"execute\": \"nobody\", \"id\": \"\\u0003\\u0011\u0003\"}" + PING);
            for (int i = 0; i < 3; i++) {
                assertTrue(pty.receive().contains("\"error\""));
            }
            assertEquals(NOTHING, pty.receive());
        }
    }

    @Test
    void withoutRetryTheChannelEndsWithItsLine() throws Exception {
        var pty = Pty.open();
        try (pty; var channel = serve(pty.line(), false)) {
            pty.send(PING);
            assertEquals(NOTHING, pty.receive());
            pty.close();
            channel.awaitEnd();
        }
    }

    @Test
    void withRetryTheLineIsOpenedAgainWhenThereIsOneAgain() throws Exception {
        var link = folder.resolve("line");
        try (var channel = serve(link.toString(), true)) {
            for (int i = 0; i < 3; i++) {
                try (var pty = Pty.open()) {
                    Files.createSymbolicLink(link, Path.of(pty.line()));
                    assertTrue(askUntilAnswered(pty));
                    Files.delete(link);
                }
            }
        }
    }

    /** What is sent before the line is open and raw is echoed or lost, as on any serial line; so a host asks again. */
    private static boolean askUntilAnswered(Pty pty) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        var line = pty.next();
        while (System.nanoTime() < deadline) {
            pty.send(PING);
            try {
                if (line.get(50, TimeUnit.MILLISECONDS).contains(NOTHING)) {
                    return true;
                }
                line = pty.next();
            } catch (TimeoutException e) {
                // Lost, and to be asked again.
            }
        }
        return false;
    }

    @Test
    void aFileIsNoSerialLine() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        var refused = assertThrows(IOException.class, () -> serve(file.toString(), false));
        assertTrue(refused.getMessage().contains("Inappropriate ioctl"), refused.getMessage());
    }
}
