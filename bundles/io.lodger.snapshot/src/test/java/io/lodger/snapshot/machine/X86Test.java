package io.lodger.snapshot.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class X86Test {

    private static final int RAX = 80;
    private static final int ORIG_RAX = 120;
    private static final int RIP = 128;
    private static final int EPOLL_WAIT = 232;
    private static final int CONNECT = 42;

    private final X86 machine = new X86();
    private final ByteBuffer registers = ByteBuffer.allocate(machine.registersSize()).order(ByteOrder.nativeOrder());

    @Test
    void codeIsBorrowedWhereverItStands() {
        var code = ByteBuffer.wrap(new byte[] {0x48, 0x0f, 0x05, (byte) 0xc3, 0x48, (byte) 0xc7, (byte) 0xc0, 15, 0, 0, 0, 0x0f, 0x05,
            0, 0, 0, 0, 0, 0, 0, 0});
        assertEquals(new BorrowedCode(0x1001, 0x1004), machine.find(code, 0x1000, BorrowedCode.NONE));
        assertEquals(new BorrowedCode(7, 0x1004), machine.find(code, 0x1000, new BorrowedCode(7, 0)));
    }

    @Test
    void aCallThatOnlyTheStopHasEndedIsMadeAgain() {
        registers.putLong(RAX, -4).putLong(ORIG_RAX, EPOLL_WAIT).putLong(RIP, 0x1002);
        assertTrue(machine.isCutShort(registers, 0));
        machine.makeAgain(registers, 0);
        assertEquals(EPOLL_WAIT, registers.getLong(RAX));
        assertEquals(0x1000, registers.getLong(RIP));
        assertFalse(machine.isInSystemCall(registers, 0));
    }

    @Test
    void aCallThatCouldNotBeMadeAgainKeepsItsResult() {
        registers.putLong(RAX, -4).putLong(ORIG_RAX, CONNECT);
        assertFalse(machine.isCutShort(registers, 0));
    }

    @Test
    void anotherArchitectureHasNoMachine() {
        assertTrue(Machine.ofArchitecture("aarch64").isEmpty());
        assertEquals(62, Machine.ofArchitecture("amd64").orElseThrow().elfMachine());
    }
}
