package io.lodger.snapshot.process;

import io.lodger.posix.DirectMemory;
import io.lodger.posix.ErrnoException;
import io.lodger.posix.ProcessMemory;
import io.lodger.snapshot.machine.BorrowedCode;
import io.lodger.snapshot.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * All that is known of the target before it is touched.
 *
 * @param facts what /proc tells
 * @param auxiliaryVector what the kernel told the program at its start, from /proc/PID/auxv
 * @param mappings its mappings
 * @param stack the one of the first thread's stack
 * @param code what is borrowed from it
 */
public record Target(ProcessFacts facts, byte[] auxiliaryVector, List<Mapping> mappings, Mapping stack, BorrowedCode code) {

    private static final int PIECE = 1 << 20;
    /** What the next piece has in common with this one, so that nothing at the border is missed. */
    private static final int OVERLAP = 16;

    /**
     * Examines a process.
     *
     * @throws IOException with a reason why it can't be snapshotted
     */
    public static Target of(int pid, Machine machine) throws IOException {
        var facts = ProcessFacts.of(pid);
        Suitability.check(facts, machine);
        var mappings = Mapping.of(pid);
        var stack = mappings.stream().filter(mapping -> mapping.path().equals("[stack]")).findFirst()
                .orElseThrow(() -> new IOException("process " + pid + " has no mapping called [stack] from which room can be borrowed"));
        var code = borrowed(mappings, new ProcessMemory(pid), machine);
        if (!code.isComplete()) {
            throw new IOException("process " + pid + " (" + facts.name() + ") has no code for "
                    + (code.call() == 0 ? "system calls" : "returning from signal handlers") + " that could be borrowed");
        }
        return new Target(facts, Files.readAllBytes(ProcessFacts.folder(pid).resolve("auxv")), mappings, stack, code);
    }

    private static BorrowedCode borrowed(List<Mapping> mappings, ProcessMemory memory, Machine machine) throws IOException {
        var piece = DirectMemory.allocate(PIECE);
        var found = BorrowedCode.NONE;
        for (var mapping : mappings) {
            boolean candidate = mapping.permissions().startsWith("r-x") && mapping.isOfFile() && !mapping.isShared();
            for (long at = mapping.start(); candidate && at < mapping.end() && !found.isComplete(); at += PIECE - OVERLAP) {
                found = found(memory, piece, at, (int) Math.min(PIECE, mapping.end() - at), machine, found);
            }
        }
        return found;
    }

    private static BorrowedCode found(ProcessMemory memory, DirectMemory piece, long at, int length, Machine machine, BorrowedCode known)
            throws IOException {
        try {
            int read = memory.read(at, piece, 0, length);
            return machine.find(piece.bytes().clear().limit(read), at, known);
        } catch (ErrnoException e) {
            if (e.errno() == ErrnoException.EPERM) {
                throw new IOException("the memory of this process can't be read: saving a process wants the privilege CAP_SYS_PTRACE", e);
            }
            if (e.errno() == ErrnoException.EFAULT) {
                return known;
            }
            throw e;
        }
    }
}
