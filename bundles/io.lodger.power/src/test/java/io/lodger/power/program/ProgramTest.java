package io.lodger.power.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.power.FakeGuest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path folder;
    private FakeGuest guest;

    @BeforeEach
    void makeGuest() {
        guest = new FakeGuest(folder);
    }

    private Ended run(String script, Duration deadline) throws Exception {
        guest.program("stub", script);
        return new Program(folder.resolve("bin/stub"), deadline).run("a", "b c");
    }

    @Test
    void argumentsOutputAndStatusAreThoseOfTheProgram() throws Exception {
        var ended = run("echo out; echo err >&2; exit 3", LONG);
        assertEquals(3, ended.status());
        assertEquals("out\nerr\n", ended.output());
        assertEquals("stub ended with status 3: out err", ended.failure());
        assertEquals("[stub a b c]", guest.calls().toString());
    }

    @Test
    void aSignalIsNamed() throws Exception {
        assertEquals("stub was killed by signal 9", run("kill -9 $$", LONG).failure());
    }

    @Test
    void thereIsNothingToRead() throws Exception {
        assertEquals("", run("cat", LONG).output());
    }

    @Test
    void ofAFloodTheBeginningIsKept() throws Exception {
        var ended = run("head -c 10485760 /dev/zero | tr '\\0' x; echo y", LONG);
        assertEquals(0, ended.status());
        assertEquals("x".repeat(Program.OUTPUT_LIMIT), ended.output());
    }

    @Test
    void whatHangsIsEndedAtTheDeadlineWithAllThatItStarted() throws Exception {
        var e = assertThrows(IOException.class, () -> run("echo begun; sleep 1000 & echo $! > $ROOT/child; wait", SHORT));
        assertEquals("stub did not end within 0.2 s and was ended: begun", e.getMessage());
        assertGone(Long.parseLong(guest.read("child")));
    }

    @Test
    void whatIgnoresBeingAskedIsKilled() throws Exception {
        var e = assertThrows(IOException.class, () -> run("trap '' TERM; while :; do sleep 0.05; done", SHORT));
        assertEquals("stub did not end within 0.2 s and was ended", e.getMessage());
    }

    @Test
    void whatRunsOnInTheBackgroundIsNotWaitedFor() throws Exception {
        var ended = run("echo done; sleep 1000 & echo $! > $ROOT/child", LONG);
        assertEquals("done\n", ended.output());
        assertTrue(ProcessHandle.of(Long.parseLong(guest.read("child"))).orElseThrow().destroyForcibly());
    }

    @Test
    void theProgramEndsWithTheThreadThatIsInterrupted() throws Exception {
        var ended = new Throwable[1];
        var thread = new Thread(() -> ended[0] = assertThrows(InterruptedException.class,
                () -> run("echo $$ > $ROOT/self.new; mv $ROOT/self.new $ROOT/self; exec sleep 1000", LONG)));
        thread.start();
        await(folder.resolve("self"));
        thread.interrupt();
        thread.join();
        assertTrue(ended[0] instanceof InterruptedException);
        assertGone(Long.parseLong(guest.read("self")));
    }

    @Test
    void whatCanNotBeStartedIsNamed() {
        guest.file("bin/stub", "no program at all");
        var file = folder.resolve("bin/stub");
        var e = assertThrows(IOException.class, () -> new Program(file, LONG).run());
        assertTrue(e.getMessage().contains("bin/stub"), e.getMessage());
    }

    @Test
    void aProgramIsLookedForOnThePathAndThenWhereTheSystemHasIt() {
        guest.program("both", "exit 0").file("usr/sbin/both", "").file("usr/sbin/passive", "");
        assertEquals(folder.resolve("bin/both"), guest.path().find("both").orElseThrow());
        assertTrue(guest.path().find("passive").isEmpty(), "it can't be executed");
        folder.resolve("usr/sbin/passive").toFile().setExecutable(true);
        assertEquals(folder.resolve("usr/sbin/passive"), guest.path().find("passive").orElseThrow());
        assertTrue(new ProgramPath("", folder).find("both").isPresent());
    }

    private static void await(Path file) {
        while (!Files.exists(file)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void assertGone(long pid) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (ProcessHandle.of(pid).isPresent() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertFalse(ProcessHandle.of(pid).isPresent(), "process " + pid + " is still there");
    }
}
