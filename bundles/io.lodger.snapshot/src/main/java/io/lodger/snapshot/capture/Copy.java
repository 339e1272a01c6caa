package io.lodger.snapshot.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lodger.posix.DirectMemory;
import io.lodger.posix.ErrnoException;
import io.lodger.posix.Ptrace;
import io.lodger.posix.Signals;
import io.lodger.posix.WaitStatus;
import io.lodger.snapshot.machine.BorrowedCode;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.process.ProcessFacts;
import java.io.IOException;
import java.nio.file.Files;

/** The stopped process that holds the copied memory. It ends when it is closed, and when the thread that traces it ends. */
public final class Copy implements AutoCloseable {

    private static final byte[] FIRST_TO_END = "1000".getBytes(US_ASCII);

    private final int pid;
    private final Ptrace ptrace;
    private boolean ended;

    Copy(int pid, Ptrace ptrace) {
        this.pid = pid;
        this.ptrace = ptrace;
    }

    /** Its process id. */
    public int pid() {
        return pid;
    }

    /**
     * Takes its descriptors away, which it shares with the target, so that the target's pipes and sockets are closed when the target
     * closes them; and makes it the first that the kernel ends when memory runs out.
     */
    void prepare(Machine machine, BorrowedCode code, long stack, DirectMemory work, int options) throws IOException {
        awaitStop();
        ptrace.setOptions(pid, options | Ptrace.O_EXITKILL);
        ptrace.readRegisters(pid, Machine.REGISTERS_TYPE, work, 0, machine.registersSize());
        machine.closeAll(work.bytes(), 0, code, stack);
        ptrace.writeRegisters(pid, Machine.REGISTERS_TYPE, work, 0, machine.registersSize());
        ptrace.resumeToSystemCall(pid);
        awaitStop();
        ptrace.resumeToSystemCall(pid);
        awaitStop();
        Files.write(ProcessFacts.folder(pid).resolve("oom_score_adj"), FIRST_TO_END);
    }

    private void awaitStop() throws IOException {
        if (WaitStatus.hasEnded(ptrace.await(pid))) {
            ended = true;
            throw new IOException("the copy, process " + pid + ", was killed");
        }
    }

    @Override
    public void close() throws ErrnoException {
        if (!ended) {
            ended = true;
            Signals.kill(pid, Signals.SIGKILL);
            int status;
            do {
                status = ptrace.await(pid);
            } while (!WaitStatus.hasEnded(status));
        }
    }
}
