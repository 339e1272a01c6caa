package io.lodger.snapshot.machine;

import java.nio.ByteBuffer;

/** The frame that the kernel's x86-64 signal return takes everything from: struct rt_sigframe, with struct sigcontext_64 inside. */
final class SignalFrame {

    /** The size in a stack, up to what comes next; a multiple of 64. */
    static final int SIZE = 448;

    private static final int CONTEXT = 8;
    /** UC_FP_XSTATE, UC_SIGCONTEXT_SS and UC_STRICT_RESTORE_SS: vector registers follow, and the stack segment is to be set. */
    private static final int CONTEXT_FLAGS = 7;
    private static final int STACK_FLAGS = CONTEXT + 24;
    /** No mode of sigaltstack(2), so that the kernel keeps the one that is set. */
    private static final int NO_STACK_FLAGS = 7;
    private static final int REGISTERS = CONTEXT + 40;
    private static final int RDI = REGISTERS + 64;
    private static final int RSI = REGISTERS + 72;
    private static final int RDX = REGISTERS + 96;
    private static final int RAX = REGISTERS + 104;
    private static final int RSP = REGISTERS + 120;
    private static final int RIP = REGISTERS + 128;
    private static final int FLAGS = REGISTERS + 136;
    private static final int CS = REGISTERS + 144;
    private static final int SS = REGISTERS + 150;
    private static final int VECTORS = REGISTERS + 184;
    private static final int MASK = CONTEXT + 296;

    /** Where the frame has the register that is the first argument of a call. */
    static final int FIRST_ARGUMENT = RDI;

    private static final short USER_CS = 0x33;
    private static final short USER_DS = 0x2b;
    private static final long INTERRUPT_FLAG = 0x202;

    /** The order in which struct user_regs_struct has the first 18 registers of struct sigcontext_64, as offsets. */
    private static final int[] FROM_USER = {72, 64, 56, 48, 24, 16, 8, 0, 112, 104, 32, 40, 96, 80, 88, 152, 128, 144};

    private SignalFrame() {
    }

    /** A frame that goes on with these registers, mask and vectors. */
    static void ofThread(ByteBuffer area, int at, long signalReturn, ByteBuffer registers, int offset, long mask, long vectors) {
        begin(area, at, signalReturn, mask);
        for (int i = 0; i < FROM_USER.length; i++) {
            area.putLong(at + REGISTERS + i * Long.BYTES, registers.getLong(offset + FROM_USER[i]));
        }
        area.putLong(at + VECTORS, vectors);
    }

    /** A frame that makes a system call with three arguments, with a stack to go on from. */
    static void ofCall(ByteBuffer area, int at, BorrowedCode code, long stack, long number, long first, long second, long third) {
        begin(area, at, code.signalReturn(), -1);
        area.putLong(at + RIP, code.call()).putLong(at + RSP, stack).putLong(at + FLAGS, INTERRUPT_FLAG).putLong(at + RAX, number)
                .putLong(at + RDI, first).putLong(at + RSI, second).putLong(at + RDX, third);
    }

    private static void begin(ByteBuffer area, int at, long signalReturn, long mask) {
        for (int i = 0; i < SIZE; i += Long.BYTES) {
            area.putLong(at + i, 0);
        }
        area.putLong(at, signalReturn).putLong(at + CONTEXT, CONTEXT_FLAGS).putInt(at + STACK_FLAGS, NO_STACK_FLAGS)
                .putShort(at + CS, USER_CS).putShort(at + SS, USER_DS).putLong(at + MASK, mask);
    }
}
