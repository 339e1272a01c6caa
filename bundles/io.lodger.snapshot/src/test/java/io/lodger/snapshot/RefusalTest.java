package io.lodger.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be saved is refused with a reason, and runs on. */
class RefusalTest {

    @TempDir
    private static Path folder;
    private static Path threads;

    private final Path image = folder.resolve("image");

    @BeforeAll
    static void compile() throws Exception {
        threads = TargetProcess.compile(folder, "threads.c");
    }

    @Test
    void aTracedProcessNamesItsTracer() throws Exception {
        try (var target = TargetProcess.start(TargetProcess.compile(folder, "traced.c").toString())) {
            assertEquals("process " + target.pid() + " (traced) is traced by process " + target.process().pid()
                    + " (traced), and only one can trace it", EngineProcess.refusal(target.pid(), image));
        }
    }

    @Test
    void aThreadOfTheKernelHasNoMemory() throws Exception {
        assertTrue(EngineProcess.refusal(2, image).startsWith("process 2 (kthreadd) is a thread of the kernel"));
    }

    @Test
    void a32BitProgramIsRefused() throws Exception {
        var source = folder.resolve("small32.s");
        try (var resource = getClass().getResourceAsStream("/programs/small32.s")) {
            Files.write(source, resource.readAllBytes());
        }
        TargetProcess.run("as", "--32", "-o", source + ".o", source.toString());
        TargetProcess.run("ld", "-m", "elf_i386", "-o", folder.resolve("small32").toString(), source + ".o");
        var process = new ProcessBuilder(folder.resolve("small32").toString()).start();
        try {
            assertEquals("ready 1", process.inputReader().readLine());
            assertEquals("process " + process.pid() + " (small32) is a 32-bit program; only 64-bit ones can be saved",
                    EngineProcess.refusal(process.pid(), image));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aThreadsIdIsNotAProcesss() throws Exception {
        try (var target = TargetProcess.start(threads.toString())) {
            int thread = target.threads().get(1);
            assertEquals(thread + " is a thread of process " + target.pid() + ": name that one", EngineProcess.refusal(thread, image));
        }
    }

    @Test
    void aProcessThatEndedIsNamed() throws Exception {
        var process = new ProcessBuilder("true").start();
        process.waitFor();
        assertEquals("there is no process " + process.pid(), EngineProcess.refusal(process.pid(), image));
    }

    @Test
    void aZombieIsRefused() throws Exception {
        try (var target = TargetProcess.start("sh", "-c", "sleep 0.3 & echo ready $!; exec cat")) {
            TargetProcess.await("the zombie", () -> isZombie(target));
            assertEquals("process " + target.pid() + " (sleep) has ended already", EngineProcess.refusal(target.pid(), image));
        }
    }

    private static boolean isZombie(TargetProcess target) {
        try {
            return target.status("State").startsWith("Z");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aParentInALongVforkIsRefusedAndNotTouched() throws Exception {
        try (var target = TargetProcess.start(TargetProcess.compile(folder, "vforks.c").toString(), "60000")) {
            var reason = EngineProcess.refusal(target.pid(), image);
            assertTrue(reason.startsWith("process " + target.pid() + " can't be stopped now: its thread " + target.pid()
                    + " waits in the kernel"), reason);
            assertEquals("0", target.status("TracerPid"));
        }
    }

    @Test
    void aSeccompFilterThatCantBeSetAsideIsNotBroken() throws Exception {
        try (var target = TargetProcess.start(TargetProcess.compile(folder, "filtered.c").toString())) {
            long before = target.ask()[0];
            assertEquals("process " + target.pid() + " has a seccomp filter, which only a helper with CAP_SYS_ADMIN can set aside while the"
                    + " process is copied", EngineProcess.refusalWithout("sys_admin", target.pid(), image));
            assertTrue(target.ask()[0] > before);
        }
    }

    @Test
    void childrenOfAnotherPidNamespaceAreNotBegunByACopy() throws Exception {
        try (var target = TargetProcess.start("unshare", "--pid", "sh", "-c", "echo ready $$; read line", "-")) {
            var reason = EngineProcess.refusal(target.pid(), image);
            assertTrue(reason.contains("lets its children begin a PID namespace"), reason);
        }
    }

    @Test
    void aLimitOfProcessesIsFoundAtEachOfThreeStepsAndLeavesTheTargetWhole() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (int limit = 8; limit <= 10; limit++) {
            var user = Integer.toString(54_300 + limit);
            try (var target = TargetProcess.start("setpriv", "--reuid", user, "--clear-groups", "prlimit", "--nproc=" + limit,
                    threads.toString())) {
                assertEquals("the kernel refused to copy the process: its user's limit of processes, or that of its control group,"
                        + " is reached (EAGAIN)", EngineProcess.refusal(target.pid(), image));
                TargetProcess.await("the end of what was begun", () -> target.threads().size() == 8 && target.relatives().isEmpty());
                var answer = target.ask();
                assertEquals(answer[0], answer[1]);
                assertEquals(0, answer[2] + answer[3]);
            }
        }
    }

    @Test
    void aControlGroupWithoutRoomForPageTablesIsNamed() throws Exception {
        boolean first = Files.exists(Path.of("/sys/fs/cgroup/memory/tasks"));
        var group = Path.of(first ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup", "lodger-" + ProcessHandle.current().pid());
        Files.createDirectory(group);
        try (var target = TargetProcess.start("sh", "-c", "echo $$ >" + group + "/cgroup.procs; exec " + threads + " 64")) {
            long used = Long.parseLong(Files.readString(group.resolve(first ? "memory.usage_in_bytes" : "memory.current")).strip());
            Files.writeString(group.resolve(first ? "memory.limit_in_bytes" : "memory.max"), Long.toString(used + (512 << 10)));
            var reason = EngineProcess.refusal(target.pid(), image);
            assertTrue(reason.startsWith("the control group " + group + " has no room for the page tables of a copy"), reason);
            assertEquals(0, target.ask()[2]);
        } finally {
            TargetProcess.await("the empty group's end", () -> group.toFile().delete());
        }
    }

    @Test
    void badOptionsAreNamedBeforeAnythingHappens() throws Exception {
        try (var target = TargetProcess.start(threads.toString())) {
            assertEquals("the engine fork has no option speed, only filter and thread",
                    EngineProcess.refusal(target.pid(), image, "speed=1"));
            assertTrue(EngineProcess.refusal(target.pid(), image, "filter=all").startsWith("the filter is a mask of 9 bits"));
            assertEquals("process " + target.pid() + " has no thread 1", EngineProcess.refusal(target.pid(), image, "thread=1"));
        }
    }
}
