package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a process that is no child of this one, for Java waits for its children's stops, too. */
class TracingTest {

    private static final int PRSTATUS = 1;

    private final Ptrace ptrace = new Ptrace();
    private final DirectMemory memory = DirectMemory.allocate(4096);
    private Process shell;
    private int pid;

    @BeforeEach
    void start() throws IOException {
        shell = new ProcessBuilder("/bin/sh", "-c", "exec 3<&0; cat <&3 & echo $!; wait").start();
        pid = Integer.parseInt(shell.inputReader().readLine());
    }

    @AfterEach
    void end() throws Exception {
        Signals.kill(pid, Signals.SIGKILL);
        shell.destroyForcibly().waitFor();
    }

    @Test
    void aThreadIsStoppedAndItsRegistersAreWhatTheyWereSetTo() throws Exception {
        ptrace.seize(pid, 0);
        assertEquals(WaitStatus.NONE, ptrace.poll(pid));
        ptrace.interrupt(pid);
        int status = ptrace.await(pid);
        assertTrue(WaitStatus.isStopped(status));
        assertEquals(Ptrace.EVENT_STOP, WaitStatus.event(status));
        int size = ptrace.readRegisters(pid, PRSTATUS, memory, 0, 1024);
        assertTrue(size > 100 && size < 1024, () -> "size " + size);
        ptrace.writeRegisters(pid, PRSTATUS, memory, 0, size);
        ptrace.setSignalMask(pid, 1L << 9);
        assertEquals(1L << 9, ptrace.signalMask(pid));
        Signals.kill(pid, 10);
        assertEquals(1L << 9, ptrace.pendingSignals(pid, true));
        assertEquals(0, ptrace.pendingSignals(pid, false));
        ptrace.detach(pid, 0);
        assertEquals(ErrnoException.ESRCH, assertThrows(ErrnoException.class, () -> ptrace.detach(pid, 0)).errno());
    }

    @Test
    void aTracedProcesssEndIsSeen() throws Exception {
        ptrace.seize(pid, 0);
        assertTrue(Signals.kill(pid, Signals.SIGKILL));
        assertTrue(WaitStatus.hasEnded(ptrace.await(pid)));
    }

    @Test
    void memoryOfAnotherProcessIsReadWrittenAndItsPagesAreFound() throws Exception {
        ptrace.seize(pid, 0);
        ptrace.interrupt(pid);
        ptrace.await(pid);
        var line = Files.readAllLines(Path.of("/proc/" + pid + "/maps")).stream().filter(text -> text.endsWith("[stack]")).findFirst()
                .orElseThrow();
        long start = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
        long end = Long.parseUnsignedLong(line.substring(line.indexOf('-') + 1, line.indexOf(' ')), 16);
        var other = new ProcessMemory(pid);
        memory.bytes().put(0, "something".getBytes(StandardCharsets.US_ASCII));
        other.write(start, memory, 0, 9);
        assertEquals(9, other.read(start, memory, 100, 9));
        assertEquals(-1, memory.bytes().slice(0, 9).mismatch(memory.bytes().slice(100, 9)));
        assertEquals(ErrnoException.EFAULT, assertThrows(ErrnoException.class, () -> other.read(0, memory, 0, 1)).errno());
        try (var pages = new PageScan(pid)) {
            assertTrue(pages.scan(start, end) > 1);
            assertEquals(start, pages.start(0));
            assertEquals(start + PageScan.PAGE, pages.end(0));
            assertEquals(end, pages.walkEnd());
        }
    }

    @Test
    void threadsAreListed() throws Exception {
        try (var list = new ThreadList(pid)) {
            var ids = new int[4];
            assertEquals(1, list.list(ids));
            assertEquals(pid, ids[0]);
            Signals.kill(pid, Signals.SIGKILL);
            shell.waitFor();
            assertEquals(0, list.list(ids));
            assertFalse(Signals.kill(pid, Signals.SIGKILL));
        }
    }

    @Test
    void theSchedulingPolicyIsThatOfAnOrdinaryThread() throws Exception {
        assertEquals(0, new Scheduling().policy(pid));
        assertEquals(0, new Scheduling().priority(pid));
        assertFalse(new Scheduling().set(pid, Scheduling.FIFO, 1000));
    }
}
