package io.lodger.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.posix.Scheduling;
import io.lodger.snapshot.capture.Stage;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The helper or the target is killed in the middle. The system property {@code lodger.kills} says how often at random moments. */
class DeathTest {

    private static final int KILLED = 128 + 9;
    private static final long LONGEST_NANOS = 30_000_000;

    @TempDir
    private static Path folder;
    private static Path threads;

    private final Path image = folder.resolve("image");

    @BeforeAll
    static void compile() throws Exception {
        threads = TargetProcess.compile(folder, "threads.c");
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void theTargetRunsOnWhenTheHelperIsKilledAtAnyStage(Stage stage) throws Exception {
        try (var target = TargetProcess.start(threads.toString(), "30")) {
            var mask = target.status("SigBlk");
            assertEquals(KILLED, EngineProcess.run(target.pid(), image, 1, "helper:" + stage).status());
            assertWhole(target, mask);
        }
    }

    @Test
    void theTargetRunsOnWhenTheHelperIsKilledAtRandomMoments() throws Exception {
        try (var target = TargetProcess.start(threads.toString(), "30")) {
            var mask = target.status("SigBlk");
            for (int i = 0; i < Integer.getInteger("lodger.kills", 6); i++) {
                var helper = EngineProcess.start(target.pid(), image, 1, "-");
                while (!helper.inputReader().readLine().equals("suspend=")) {
                    continue;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_NANOS));
                helper.destroyForcibly().waitFor();
                assertWhole(target, mask);
            }
        }
    }

    /** It answers, its calls have not failed, nothing was left in it or beside it. */
    private static void assertWhole(TargetProcess target, String mask) throws Exception {
        target.assertUnharmed();
        TargetProcess.await("the end of the copy and the added thread", () -> target.threads().size() == 8 && target.relatives().isEmpty());
        assertEquals("0", target.status("TracerPid"));
        assertEquals(mask, target.status("SigBlk"));
        for (int thread : target.threads()) {
            assertEquals(0, new Scheduling().policy(thread));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Stage.class, mode = EnumSource.Mode.EXCLUDE, names = {"PROCESS_MADE", "COPIED", "CLEANED", "RELEASED", "CLOSED",
            "WRITING"})
    void aTargetThatIsKilledInTheMiddleIsReported(Stage stage) throws Exception {
        try (var target = TargetProcess.start(threads.toString(), "30")) {
            var result = EngineProcess.run(target.pid(), image, 1, "target:" + stage);
            assertEquals(EngineMain.FAILED, result.status(), result::toString);
            assertTrue(result.errors().contains("process " + target.pid()) && result.errors().contains("ended"), result::toString);
            assertTrue(target.process().waitFor(60, TimeUnit.SECONDS));
            TargetProcess.await("the end of the copy", () -> copiesOf(target.pid()) == 0);
        }
    }

    private static long copiesOf(int pid) {
        return ProcessHandle.allProcesses().filter(process -> process.pid() != pid)
                .filter(process -> process.info().command().orElse("").equals(threads.toString())).count();
    }

    @ParameterizedTest
    @EnumSource(value = Stage.class, names = {"PROCESS_MADE", "COPIED", "CLEANED", "RELEASED", "CLOSED", "WRITING"})
    void theImageIsWholeThoughTheTargetIsKilledOnceTheMomentIsCaught(Stage stage) throws Exception {
        try (var target = TargetProcess.start(threads.toString(), "30")) {
            var result = EngineProcess.run(target.pid(), image, 1, "target:" + stage);
            assertEquals(0, result.status(), result::toString);
            try (var core = new CoreImage(image)) {
                assertEquals(0x1122334455667788L, core.word(target.said(2)));
            }
            assertFalse(result.output().contains("incomplete"), result::output);
            TargetProcess.await("the end of the copy", () -> copiesOf(target.pid()) == 0);
        }
    }
}
