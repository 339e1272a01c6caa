package io.lodger.save.operation;

import static io.lodger.save.operation.SaveTest.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import io.lodger.save.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can happen to a helper, which is a real process here. */
class HelperFailuresTest {

    private final SaveBundle bundle = new SaveBundle();
    private final CommandTester save = bundle.save();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        save.close();
    }

    private String arguments(String target, String options) {
        return "{'target': '" + target + "', 'path': '" + folder.resolve("x.image") + "', 'options': {" + options + "}}";
    }

    private String saved(String target, String options) throws InterruptedException {
        return save.callJob(arguments(target, options));
    }

    private void assertNothingIsLeft() throws IOException {
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.filter(file -> file.toString().contains("image")).toList());
        }
    }

    @Test
    void anExitWithoutCompletionIsAFailureEvenWithStatusZero() throws Exception {
        assertError("the save helper failed: it ended with status 0; it said nothing of how the work came out",
                saved("exit", "'status': '0'"));
        assertError("the save helper failed: it ended with status 7; it said nothing of how the work came out",
                saved("exit", "'status': '7'"));
        assertNothingIsLeft();
    }

    @Test
    void aCrashIsReportedWithItsSignal() throws Exception {
        assertError("the save helper failed: it was killed by signal 9; it said nothing of how the work came out",
                saved("signal", "'signal': 'KILL'"));
        assertError("the save helper failed: it was killed by signal 6; it said nothing of how the work came out",
                saved("signal", "'signal': 'ABRT'"));
        assertNothingIsLeft();
        // The JVM reports a fault and ends.
        var reply = saved("signal", "'signal': 'SEGV'");
        assertTrue(reply.contains("it ended with status 1 ('SIGSEGV (0xb)"), reply);
        assertNothingIsLeft();
    }

    @Test
    void aBadExitAfterTheCompletionIsAFailure() throws Exception {
        assertError("the save helper failed: it ended with status 3; that was after it had said that the work is done",
                saved("bad-exit", ""));
        assertNothingIsLeft();
    }

    @Test
    void strayPrintsDontReachTheProtocol() throws Exception {
        assertTrue(saved("stray", "").startsWith("{\"return\": "));
    }

    @Test
    void aBrokenFrameEndsTheHelper() throws Exception {
        var reply = saved("broken-frame", "");
        assertTrue(reply.contains("the save helper failed: a broken frame: it begins with 'what'"), reply);
        assertNothingIsLeft();
    }

    @Test
    void aFailureComesWithItsMessage() throws Exception {
        assertError("the target is made of stone", saved("fail", ""));
        assertError("not meant for anybody", saved("bug", ""));
        assertError("java.lang.StackOverflowError", saved("error", ""));
        assertNothingIsLeft();
    }

    @Test
    void howeverMuchItSaysItComesToAnEnd() throws Exception {
        assertTrue(saved("chatter", "").startsWith("{\"return\": "));
    }

    private void hang(String target) throws Exception {
        save.start(arguments(target, "'begun': '" + folder.resolve("begun") + "', 'cleaned': '" + folder.resolve("cleaned")
                + "'"));
        Await.until("the engine is at work", () -> Files.exists(folder.resolve("begun"))
                && !Files.readString(folder.resolve("begun")).isEmpty());
    }

    private boolean helperIsAlive() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("begun")))).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void cancellingLetsTheHelperCleanUp() throws Exception {
        hang("hang");
        assertTrue(save.cancelJob(save.reply()).contains("The test cancelled the job"));
        Await.until("it has ended", () -> !helperIsAlive());
        assertEquals("first second", Files.readString(folder.resolve("cleaned")));
        assertNothingIsLeft();
    }

    @Test
    void aHelperThatTakesNoNoticeIsKilled() throws Exception {
        hang("stop");
        assertTrue(save.cancelJob(save.reply()).contains("The test cancelled the job"));
        Await.until("it has ended", () -> !helperIsAlive());
        assertNothingIsLeft();
    }

    @Test
    void anEngineThatIsTakenAwayEndsItsWork() throws Exception {
        hang("hang");
        bundle.engines.unbind(bundle.engine);
        assertError("the engine 'test' was taken away while it worked", save.jobReply());
        assertEquals("first second", Files.readString(folder.resolve("cleaned")));
        assertNothingIsLeft();
    }

    @Test
    void theEndOfTheBundleEndsItsHelpers() throws Exception {
        hang("hang");
        bundle.operations.deactivate();
        assertError("the bundle io.lodger.save was stopped or updated", save.jobReply());
        Await.until("it has ended", () -> !helperIsAlive());
        assertNothingIsLeft();
    }
}
