package io.lodger.snapshot.machine;

import java.nio.ByteBuffer;

/** The stacks on x86-64: three signal frames, the first with vector registers after it. */
final class X86Stacks implements Stacks {

    private static final int ERESTARTSYS = 512;
    private static final int ERESTARTNOINTR = 513;
    private static final int ERESTARTNOHAND = 514;

    private static final int EXIT = 60;
    private static final int WAIT4 = 61;
    private static final int WALL = 0x40000000;
    private static final int NOBODY = 0x7fffffff;

    private static final int SOFTWARE_BYTES = 464;
    private static final int HEADER_FEATURES = 512;
    private static final int FRAME_MAGIC = 0x46505853;
    private static final int FRAME_END_MAGIC = 0x46505845;
    /** The tiles of AMX: a process that never asked for them has no room for them in its frames. */
    private static final long TILES = 3L << 17;
    private static final int SIZE_WITHOUT_TILES = 2696;

    private final X86 machine;

    X86Stacks(X86 machine) {
        this.machine = machine;
    }

    @Override
    public int size(int vectorsLength) {
        return (int) ending(0, vectorsLength) + SignalFrame.SIZE;
    }

    @Override
    public void layOut(ByteBuffer area, long address, BorrowedCode code, ByteBuffer registers, int offset, long mask,
            ByteBuffer vectors, int vectorsOffset, int vectorsLength) {
        long result = registers.getLong(offset + X86.RAX);
        long number = registers.getLong(offset + X86.ORIG_RAX);
        long instruction = registers.getLong(offset + X86.RIP);
        boolean again = isToBeMadeAgain(registers, offset);
        if (again) {
            machine.makeAgain(registers, offset);
        }
        SignalFrame.ofThread(area, (int) returning(0), code.signalReturn(), registers, offset, mask,
                returning(address) + SignalFrame.SIZE);
        if (again) {
            registers.putLong(offset + X86.RAX, result).putLong(offset + X86.ORIG_RAX, number).putLong(offset + X86.RIP, instruction);
        }
        putVectors(area, vectors, vectorsOffset, vectorsLength);
        SignalFrame.ofCall(area, (int) waiting(0, vectorsLength), code, ending(address, vectorsLength), WAIT4, NOBODY, 0, WALL);
        SignalFrame.ofCall(area, (int) ending(0, vectorsLength), code, ending(address, vectorsLength), EXIT, 0, 0, 0);
    }

    /** What the kernel itself would do on the way back from the stop. A timed call begins anew here, for only the kernel knows the rest. */
    private static boolean isToBeMadeAgain(ByteBuffer registers, int offset) {
        long result = -registers.getLong(offset + X86.RAX);
        return registers.getLong(offset + X86.ORIG_RAX) >= 0 && (result == ERESTARTSYS || result == ERESTARTNOINTR
                || result == ERESTARTNOHAND || result == X86.ERESTART_RESTARTBLOCK);
    }

    /** The vector registers as a frame has them: ptrace's copy with struct _fpx_sw_bytes and its end mark filled in. */
    private static void putVectors(ByteBuffer area, ByteBuffer vectors, int from, int length) {
        int at = SignalFrame.SIZE;
        for (int i = 0; i < length; i += Long.BYTES) {
            area.putLong(at + i, vectors.getLong(from + i));
        }
        long features = vectors.getLong(from + SOFTWARE_BYTES);
        int size = length;
        if ((features & TILES) != 0 && (vectors.getLong(from + HEADER_FEATURES) & TILES) == 0) {
            features &= ~TILES;
            size = SIZE_WITHOUT_TILES;
        }
        area.putInt(at + SOFTWARE_BYTES, FRAME_MAGIC).putInt(at + SOFTWARE_BYTES + 4, size + 4)
                .putLong(at + SOFTWARE_BYTES + 8, features).putInt(at + SOFTWARE_BYTES + 16, size).putInt(at + size, FRAME_END_MAGIC);
    }

    @Override
    public long returning(long address) {
        return address;
    }

    @Override
    public long waiting(long address, int vectorsLength) {
        return address + SignalFrame.SIZE + (vectorsLength + 4 + 63) / 64 * 64;
    }

    @Override
    public long waitedFor(long address, int vectorsLength) {
        return waiting(address, vectorsLength) + SignalFrame.FIRST_ARGUMENT;
    }

    @Override
    public long ending(long address, int vectorsLength) {
        return waiting(address, vectorsLength) + SignalFrame.SIZE;
    }
}
