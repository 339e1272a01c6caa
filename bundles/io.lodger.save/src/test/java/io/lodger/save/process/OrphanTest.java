package io.lodger.save.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.save.Await;
import io.lodger.save.fixture.TestEngine;
import io.lodger.save.image.Compression;
import io.lodger.save.protocol.AgentCalls;
import io.lodger.save.protocol.Frames;
import io.lodger.save.protocol.HelperCalls;
import io.lodger.save.protocol.Peer;
import io.lodger.save.protocol.Task;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A helper whose agent is gone: nobody holds the other end of its standard input any more. */
class OrphanTest {

    @TempDir
    private Path folder;

    @Test
    void cleansUpAndEnds() throws Exception {
        var helper = new ProcessBuilder(HelperCommandLine.of(System.getProperty("java.class.path")))
                .redirectError(folder.resolve("stderr").toFile()).start();
        var frames = new Frames(helper.getInputStream(), helper.getOutputStream());
        frames.readHello();
        var peer = new Peer<>(frames, HelperCalls.class, AgentCalls.class, nobody());
        serve(peer);
        peer.remote().start(new Task(Task.Work.SAVE, Optional.of(TestEngine.class.getName()), "test", "hang",
                Map.of("begun", folder.resolve("begun").toString(), "cleaned", folder.resolve("cleaned").toString()),
                Optional.of(folder.resolve("x.image").toString()), Optional.empty(), "/tmp", Compression.NONE));
        Await.until("the engine is at work", () -> Files.exists(folder.resolve("begun")));
        assertTrue(Files.exists(folder.resolve(".x.image." + helper.pid() + ".partial")));

        helper.getOutputStream().close();
        assertTrue(helper.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, helper.exitValue());
        assertEquals("first second", Files.readString(folder.resolve("cleaned")));
        assertFalse(Files.exists(folder.resolve(".x.image." + helper.pid() + ".partial")));
    }

    @Test
    void endsAlsoBeforeItHasATask() throws Exception {
        var helper = new ProcessBuilder(HelperCommandLine.of(System.getProperty("java.class.path"))).start();
        helper.getOutputStream().close();
        assertTrue(helper.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, helper.exitValue());
    }

    private static AgentCalls nobody() {
        return (AgentCalls) Proxy.newProxyInstance(AgentCalls.class.getClassLoader(), new Class<?>[] {AgentCalls.class},
                (proxy, method, arguments) -> method.getReturnType() == Optional.class ? Optional.empty() : null);
    }

    private static void serve(Peer<?> peer) {
        var thread = new Thread(() -> {
            try {
                peer.serve();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void theCommandLineNamesTheRuntimeOfThisProcessAndIsNotUrgent() {
        var line = HelperCommandLine.of("a:b");
        assertEquals(List.of("/usr/bin/nice", "-n", "19", Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                line.subList(0, 4));
        assertEquals(List.of("-cp", "a:b", "io.lodger.save.helper.Main"), line.subList(line.size() - 3, line.size()));
    }
}
