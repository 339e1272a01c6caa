package io.lodger.snapshot.machine;

import java.nio.ByteBuffer;

/** x86-64, with registers as in struct user_regs_struct and vector registers as XSAVE lays them out. */
final class X86 implements Machine {

    private static final int REGISTERS_SIZE = 216;
    private static final int R8 = 72;
    private static final int R10 = 56;
    static final int RAX = 80;
    private static final int RDX = 96;
    private static final int RSI = 104;
    private static final int RDI = 112;
    /** The number of the system call that the thread is in; negative outside. */
    static final int ORIG_RAX = 120;
    static final int RIP = 128;
    private static final int RSP = 152;
    private static final int CALL_SIZE = 2;

    private static final int NT_X86_XSTATE = 0x202;
    private static final int FXSAVE_SIZE = 512;

    private static final int EINTR = 4;
    static final int ERESTART_RESTARTBLOCK = 516;

    private static final int CLONE = 56;
    private static final int CLOSE_RANGE = 436;
    private static final int CLOSE_RANGE_UNSHARE = 2;

    /**
     * Calls that signal(7) says a stop ends with EINTR though nothing was lost: epoll_wait and its kin, semop, semtimedop,
     * rt_sigtimedwait, io_getevents and its kin, io_uring_enter, and what may be on a socket with a time limit.
     */
    private static final int[] CUT_SHORT = {232, 281, 441, 65, 220, 128, 208, 333, 426, 0, 1, 19, 20, 43, 44, 45, 46, 47, 288, 299, 307};

    /** syscall; ret. */
    private static final byte[] CALL_CODE = {0x0f, 0x05, (byte) 0xc3};
    /** mov $15, %rax; syscall. */
    private static final byte[] SIGNAL_RETURN_CODE = {0x48, (byte) 0xc7, (byte) 0xc0, 15, 0, 0, 0, 0x0f, 0x05};

    private final Stacks stacks = new X86Stacks(this);

    @Override
    public int elfMachine() {
        return 62;
    }

    @Override
    public int registersSize() {
        return REGISTERS_SIZE;
    }

    @Override
    public int vectorsType() {
        return NT_X86_XSTATE;
    }

    @Override
    public int floatingPointSize() {
        return FXSAVE_SIZE;
    }

    @Override
    public int statusHeaderSize() {
        return 112;
    }

    @Override
    public int statusSize() {
        return 336;
    }

    @Override
    public BorrowedCode find(ByteBuffer code, long address, BorrowedCode known) {
        long call = known.call();
        long signalReturn = known.signalReturn();
        for (int at = 0; at <= code.limit() - SIGNAL_RETURN_CODE.length && (call == 0 || signalReturn == 0); at++) {
            byte first = code.get(at);
            if (call == 0 && first == CALL_CODE[0] && matches(code, at, CALL_CODE)) {
                call = address + at;
            } else if (signalReturn == 0 && first == SIGNAL_RETURN_CODE[0] && matches(code, at, SIGNAL_RETURN_CODE)) {
                signalReturn = address + at;
            }
        }
        return new BorrowedCode(call, signalReturn);
    }

    private static boolean matches(ByteBuffer code, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (code.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long stackPointer(ByteBuffer registers, int offset) {
        return registers.getLong(offset + RSP);
    }

    @Override
    public long programCounter(ByteBuffer registers, int offset) {
        return registers.getLong(offset + RIP);
    }

    @Override
    public void setProgramCounter(ByteBuffer registers, int offset, long address) {
        registers.putLong(offset + RIP, address);
    }

    @Override
    public boolean isInSystemCall(ByteBuffer registers, int offset) {
        return registers.getLong(offset + ORIG_RAX) >= 0;
    }

    @Override
    public boolean isTimed(ByteBuffer registers, int offset) {
        return isInSystemCall(registers, offset) && result(registers, offset) == -ERESTART_RESTARTBLOCK;
    }

    @Override
    public boolean isCutShort(ByteBuffer registers, int offset) {
        long number = registers.getLong(offset + ORIG_RAX);
        if (result(registers, offset) == -EINTR) {
            for (int call : CUT_SHORT) {
                if (call == number) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void makeAgain(ByteBuffer registers, int offset) {
        registers.putLong(offset + RAX, registers.getLong(offset + ORIG_RAX)).putLong(offset + ORIG_RAX, -1)
                .putLong(offset + RIP, registers.getLong(offset + RIP) - CALL_SIZE);
    }

    @Override
    public Stacks stacks() {
        return stacks;
    }

    @Override
    public void clone(ByteBuffer registers, int offset, BorrowedCode code, long stack, long flags, long childStack, long parentTid) {
        call(registers, offset, code, stack, CLONE);
        registers.putLong(offset + RDI, flags).putLong(offset + RSI, childStack).putLong(offset + RDX, parentTid)
                .putLong(offset + R10, 0).putLong(offset + R8, 0);
    }

    @Override
    public void closeAll(ByteBuffer registers, int offset, BorrowedCode code, long stack) {
        call(registers, offset, code, stack, CLOSE_RANGE);
        registers.putLong(offset + RDI, 0).putLong(offset + RSI, 0xffffffffL).putLong(offset + RDX, CLOSE_RANGE_UNSHARE);
    }

    private static void call(ByteBuffer registers, int offset, BorrowedCode code, long stack, int number) {
        registers.putLong(offset + RIP, code.call()).putLong(offset + RSP, stack).putLong(offset + RAX, number)
                .putLong(offset + ORIG_RAX, -1);
    }

    @Override
    public long result(ByteBuffer registers, int offset) {
        return registers.getLong(offset + RAX);
    }
}
