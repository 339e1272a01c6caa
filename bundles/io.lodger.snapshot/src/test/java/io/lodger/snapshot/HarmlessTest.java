package io.lodger.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.posix.Scheduling;
import io.lodger.posix.Signals;
import io.lodger.snapshot.process.ProcessFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes in awkward states feel of a snapshot: nothing. */
class HarmlessTest {

    private static final int SIGSTOP = 19;
    private static final int SIGCONT = 18;
    private static final int SIGRTMIN = 34;

    @TempDir
    private static Path folder;
    private static Path threads;

    private final Path image = folder.resolve("image");

    @BeforeAll
    static void compile() throws Exception {
        threads = TargetProcess.compile(folder, "threads.c");
    }

    @Test
    void callsGoOnAndNobodySeesAChildOrAnotherThread() throws Exception {
        try (var target = TargetProcess.start(threads.toString())) {
            var mask = target.status("SigBlk");
            EngineProcess.save(target.pid(), image, 3);
            target.assertUnharmed();
            assertEquals(0, target.ask()[4], "interrupted calls");
            assertEquals(mask, target.status("SigBlk"));
            assertEquals(8, target.threads().size());
            assertEquals(0, new Scheduling().policy(target.pid()));
            TargetProcess.await("the copies' end", () -> target.relatives().isEmpty());
        }
    }

    @Test
    void callsThatAStopCutsShortAreMadeAgainAndSleepsLastAsLongAsTheyShould() throws Exception {
        try (var target = TargetProcess.start(TargetProcess.compile(folder, "waits.c").toString())) {
            EngineProcess.save(target.pid(), image, 3);
            assertEquals(0, target.ask()[0]);
            TargetProcess.await("a sleep's end", () -> target.answer()[1] > 0);
            assertTrue(target.answer()[1] >= 2000 && target.answer()[1] < 3500, () -> target.answer()[1] + " ms instead of 2000");
        }
    }

    @Test
    void aSeccompFilterThatForbidsForksIsSetAside() throws Exception {
        try (var target = TargetProcess.start(TargetProcess.compile(folder, "filtered.c").toString())) {
            long before = target.ask()[0];
            EngineProcess.save(target.pid(), image, 3);
            assertTrue(target.ask()[0] > before);
            assertEquals("2", target.status("Seccomp"));
        }
    }

    @Test
    void aStoppedProcessStaysStoppedAndGoesOnWhenItIsTold() throws Exception {
        try (var target = TargetProcess.start(threads.toString())) {
            Signals.kill(target.pid(), SIGSTOP);
            TargetProcess.await("the stop", () -> isStopped(target));
            EngineProcess.save(target.pid(), image, 3);
            assertTrue(isStopped(target));
            Signals.kill(target.pid(), SIGCONT);
            target.assertUnharmed();
        }
    }

    private static boolean isStopped(TargetProcess target) {
        try (var tasks = Files.list(ProcessFacts.folder(target.pid()).resolve("task"))) {
            return tasks.allMatch(task -> state(task).startsWith("T (stopped)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(Path task) {
        try {
            return ProcessFacts.status(task).get("State");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void signalsThatArriveMeanwhileAreDelivered() throws Exception {
        try (var target = TargetProcess.start(TargetProcess.compile(folder, "signals.c").toString())) {
            var helper = EngineProcess.start(target.pid(), image, 10, "-");
            int sent = 0;
            while (helper.isAlive()) {
                Signals.kill(target.pid(), SIGRTMIN);
                sent++;
                target.ask();
            }
            assertEquals(0, helper.waitFor());
            long before = target.ask()[0];
            TargetProcess.await("more ticks", () -> target.answer()[0] > before);
            assertEquals(sent, target.ask()[1]);
        }
    }

    @Test
    void hundredsOfThreadsAreCaughtWhileNewOnesAreBorn() throws Exception {
        try (var target = TargetProcess.start(TargetProcess.compile(folder, "births.c").toString())) {
            long before = target.ask()[0];
            for (var facts : EngineProcess.save(target.pid(), image, 5)) {
                assertTrue(Integer.parseInt(facts.get("threads")) >= 305, facts::toString);
            }
            assertTrue(target.ask()[0] > before);
        }
    }

    @Test
    void aProcessOfOtherNamespacesIsSavedLikeAnyOther() throws Exception {
        var script = "exec 3<&0; " + threads + " <&3 & wait";
        try (var target = TargetProcess.start(process -> child(child(process.pid())), "unshare", "--user", "--map-root-user", "--pid",
                "--fork", "--kill-child", "sh", "-c", script)) {
            assertEquals(2, target.status("NSpid").split("\\s+").length);
            assertEquals(Integer.toString(target.pid()), EngineProcess.save(target.pid(), image).get("pid"));
            target.assertUnharmed();
            TargetProcess.await("the copies' end", () -> target.relatives().isEmpty());
        }
    }

    @Test
    void theFirstProcessOfANamespaceIsRefusedForItWouldGetTheCopyAsAChild() throws Exception {
        try (var target = TargetProcess.start(process -> child(process.pid()), "unshare", "--pid", "--fork", "--kill-child",
                threads.toString())) {
            var reason = EngineProcess.refusal(target.pid(), image);
            assertTrue(reason.contains("is the first process of a PID namespace"), reason);
            target.assertUnharmed();
        }
    }

    /** The first child of a process. */
    private static int child(long pid) {
        try {
            return Integer.parseInt(Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children")).strip().split(" ")[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aParentInVforkIsWaitedFor() throws Exception {
        try (var target = TargetProcess.start(TargetProcess.compile(folder, "vforks.c").toString(), "2500")) {
            EngineProcess.save(target.pid(), image);
            assertEquals(1, target.ask()[0]);
        }
    }
}
