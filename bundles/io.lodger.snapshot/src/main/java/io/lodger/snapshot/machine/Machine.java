package io.lodger.snapshot.machine;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What differs between processor architectures: how registers lie in {@code NT_PRSTATUS}, how a system call is made by setting
 * them, and how stacks look. Registers are given as a buffer and an offset; nothing here makes objects once it is loaded.
 */
public interface Machine {

    /** The register set of ptrace(2) that holds the general registers: {@code NT_PRSTATUS}. */
    int REGISTERS_TYPE = 1;

    /** The one that holds the floating point registers: {@code NT_FPREGSET}, which older x86 processors have alone. */
    int FLOATING_POINT_TYPE = 2;

    /** The machine of the running JVM; empty where nobody has written it down yet. */
    static Optional<Machine> ofArchitecture(String osArch) {
        return osArch.equals("amd64") ? Optional.of(new X86()) : Optional.empty();
    }

    /** {@code e_machine} of ELF files, elf(5). */
    int elfMachine();

    /** The size of the registers in {@code NT_PRSTATUS}. */
    int registersSize();

    /** The note type of the register set that holds floating point and vector registers, elf(5). */
    int vectorsType();

    /** How many of its first bytes are {@code NT_FPREGSET}. */
    int floatingPointSize();

    /** How many bytes of {@code struct elf_prstatus} stand before its registers. */
    int statusHeaderSize();

    /** The size of {@code struct elf_prstatus}. */
    int statusSize();

    /**
     * Looks for the two pieces of code that are borrowed from the target: a system call with a return after it, and the return from a
     * signal handler.
     *
     * @param code bytes of an executable mapping
     * @param address where they are
     * @param known what was found so far
     * @return that and what is new
     */
    BorrowedCode find(ByteBuffer code, long address, BorrowedCode known);

    /** The stack pointer. */
    long stackPointer(ByteBuffer registers, int offset);

    /** The next instruction. */
    long programCounter(ByteBuffer registers, int offset);

    /** Sets the next instruction. */
    void setProgramCounter(ByteBuffer registers, int offset, long address);

    /** Whether the thread was stopped inside a system call. */
    boolean isInSystemCall(ByteBuffer registers, int offset);

    /** Whether that call goes on, when it is made again, with what is left of its time, which only the kernel knows. */
    boolean isTimed(ByteBuffer registers, int offset);

    /** Whether the stop alone has ended the system call, with {@code EINTR}, though the call could be made again. */
    boolean isCutShort(ByteBuffer registers, int offset);

    /** Lets the thread make the call again that was cut short. */
    void makeAgain(ByteBuffer registers, int offset);

    /** The stacks for those who were set upon calls. */
    Stacks stacks();

    /** Sets registers so that the thread calls clone(2); a child's stack of 0 means the same as the caller's. */
    void clone(ByteBuffer registers, int offset, BorrowedCode code, long stack, long flags, long childStack, long parentTid);

    /** Sets registers so that the thread closes all descriptors, by close_range(2), after leaving a shared table to the others. */
    void closeAll(ByteBuffer registers, int offset, BorrowedCode code, long stack);

    /** What the last system call returned, negative for an error. */
    long result(ByteBuffer registers, int offset);
}
