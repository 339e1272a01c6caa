package io.lodger.save.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.save.image.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerTest {

    private static final Task TASK = new Task(Task.Work.SAVE, Optional.of("x.Y"), "y", "1", Map.of("a", "b"), Optional.empty(),
            Optional.of("/proc/1/fd/3"), "/var/tmp", Compression.ZSTD);

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final PipedOutputStream fromHelper = new PipedOutputStream();
    private final PipedOutputStream fromAgent = new PipedOutputStream();
    private Peer<AgentCalls> helper;
    private Peer<HelperCalls> agent;

    @BeforeEach
    void connect() throws IOException {
        var toAgent = new PipedInputStream(fromHelper);
        var toHelper = new PipedInputStream(fromAgent);
        HelperCalls helperCalls = heard::add;
        helper = new Peer<>(new Frames(toHelper, fromHelper), AgentCalls.class, HelperCalls.class, helperCalls);
        agent = new Peer<>(new Frames(toAgent, fromAgent), HelperCalls.class, AgentCalls.class, new Recorder());
        serve(helper);
        serve(agent);
    }

    @AfterEach
    void hangUp() throws IOException {
        fromHelper.close();
        fromAgent.close();
    }

    private void serve(Peer<?> peer) {
        var thread = new Thread(() -> {
            try {
                peer.serve();
            } catch (IOException e) {
                heard.add(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private Object hear() throws InterruptedException {
        return heard.poll(60, TimeUnit.SECONDS);
    }

    private final class Recorder implements AgentCalls {

        @Override
        public void log(LogLine line) {
            heard.add(line);
        }

        @Override
        public void progress(Progress progress) {
            heard.add(progress);
        }

        @Override
        public void connected() {
            heard.add("connected");
        }

        @Override
        public void suspend() {
            heard.add("suspend");
        }

        @Override
        public void postcopy() throws IOException {
            throw new IOException("it moves");
        }

        @Override
        public void checkpoint() throws InterruptedException {
            throw new InterruptedException("stop");
        }

        @Override
        public void resume() {
            throw new IllegalStateException("a bug");
        }

        @Override
        public Optional<byte[]> resource(String name) {
            return name.isEmpty() ? Optional.empty() : Optional.of(name.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void completed(Completion completion) {
            heard.add(completion);
        }
    }

    @Test
    void recordsCrossBothWays() throws Exception {
        agent.remote().start(TASK);
        assertEquals(TASK, hear());
        helper.remote().log(new LogLine(Level.INFO, "fork", "text"));
        assertEquals(new LogLine(Level.INFO, "fork", "text"), hear());
        helper.remote().progress(new Progress("w", 1, 2));
        assertEquals(new Progress("w", 1, 2), hear());
        helper.remote().completed(Completion.failed("no", Optional.of(28)));
        assertEquals(Completion.failed("no", Optional.of(28)), hear());
    }

    @Test
    void aCallThatWantsAnAnswerWaitsForIt() throws Exception {
        helper.remote().suspend();
        assertEquals("suspend", heard.poll());
        assertArrayEquals("abc".getBytes(StandardCharsets.UTF_8), helper.remote().resource("abc").orElseThrow());
        assertEquals(Optional.empty(), helper.remote().resource(""));
    }

    @Test
    void failuresCrossWithTheirKindAndMessage() {
        assertEquals("it moves", assertThrows(IOException.class, () -> helper.remote().postcopy()).getMessage());
        assertThrows(InterruptedException.class, () -> helper.remote().checkpoint());
        assertEquals("java.lang.IllegalStateException: a bug",
                assertThrows(IOException.class, () -> helper.remote().resume()).getMessage());
    }

    @Test
    void whoeverWaitsForAnAnswerIsToldThatTheOtherHasHungUp() throws Exception {
        fromAgent.close();
        assertThrows(IOException.class, () -> {
            helper.remote().suspend();
            helper.remote().suspend();
        });
    }

    @Test
    void whatIsNoFrameEndsTheConversation() throws Exception {
        for (var rubbish : new byte[][] {"Hello, world".getBytes(StandardCharsets.US_ASCII), {0, 0, 0, 0}, {0, 0, 0, 1, 9},
                {0, 0, 0, 6, 9, 0, 0, 0, 0, 0}, {0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 99}, {0, 0, 0, 9, 0, 0, 0}}) {
            var peer = new Peer<>(new Frames(new ByteArrayInputStream(rubbish), new ByteArrayOutputStream()), HelperCalls.class,
                    AgentCalls.class, new Recorder());
            assertThrows(IOException.class, peer::serve, new String(rubbish, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void theFirstFrameTellsWhoSpeaks() throws Exception {
        var hello = new ByteArrayOutputStream();
        new Frames(InputStream.nullInputStream(), hello).writeHello();
        new Frames(new ByteArrayInputStream(hello.toByteArray()), hello).readHello();
        assertThrows(EOFException.class, () -> new Frames(InputStream.nullInputStream(), hello).readHello());
        var newer = hello.toByteArray();
        ByteBuffer.wrap(newer).putInt(newer.length - Integer.BYTES, 2);
        var refusal = assertThrows(ProtocolException.class, () -> new Frames(new ByteArrayInputStream(newer), hello).readHello());
        assertEquals("it speaks version 2 of the protocol, and this is version 1", refusal.getMessage());
        var stranger = new ByteArrayInputStream("Error: Could not find or load main class".getBytes(StandardCharsets.US_ASCII));
        assertTrue(assertThrows(ProtocolException.class, () -> new Frames(stranger, hello).readHello()).getMessage()
                .contains("Error: Could"));
    }
}
