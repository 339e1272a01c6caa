package io.lodger.snapshot.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lodger.posix.DirectMemory;
import io.lodger.posix.PageScan;
import io.lodger.snapshot.capture.Threads;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.process.Mapping;
import io.lodger.snapshot.process.ProcessFacts;
import io.lodger.snapshot.process.Target;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The notes of an ELF core, as the kernel's fs/binfmt_elf.c writes them and elf(5) names them: what gdb and elfutils look for. */
public final class Notes {

    /** The type of the note in front that says what the image is. */
    static final int LODGER_FACTS = 0x4c4f4401;
    /** The type of the note at the end that says what became of it. */
    static final int LODGER_RESULT = 0x4c4f4402;

    private static final String CORE = "CORE";
    private static final String LINUX = "LINUX";
    private static final String LODGER = "Lodger";
    private static final int NT_PRPSINFO = 3;
    private static final int NT_AUXV = 6;
    private static final int NT_SIGINFO = 0x53494749;
    private static final int NT_FILE = 0x46494c45;
    private static final int SIGINFO_SIZE = 128;
    private static final int PRPSINFO_SIZE = 136;
    private static final int ALIGNMENT = 4;
    private static final String STATES = "RSDTZW";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /**
     * All that stand in front, one after the other.
     *
     * @param firstThread the index of the thread that comes first
     * @param mappings the copy's
     * @param facts lines that say what the image is
     */
    public static byte[] of(Target target, Threads threads, int firstThread, List<Mapping> mappings, Machine machine, String facts) {
        var notes = new Notes();
        notes.addThread(threads, firstThread, target.facts(), machine);
        notes.add(CORE, NT_PRPSINFO, processInfo(target.facts()));
        notes.add(CORE, NT_SIGINFO, new byte[SIGINFO_SIZE]);
        notes.add(CORE, NT_AUXV, target.auxiliaryVector());
        notes.add(CORE, NT_FILE, files(mappings));
        notes.addVectors(threads, firstThread, machine);
        for (int i = 0; i < threads.count(); i++) {
            if (i != firstThread) {
                notes.addThread(threads, i, target.facts(), machine);
                notes.addVectors(threads, i, machine);
            }
        }
        notes.add(LODGER, LODGER_FACTS, facts.getBytes(UTF_8));
        return notes.bytes.toByteArray();
    }

    /** The one at the end, always of the same size. */
    static byte[] result(String text, int size) {
        var value = new byte[size - 12 - 8];
        var whole = text.getBytes(UTF_8);
        System.arraycopy(whole, 0, value, 0, Math.min(whole.length, value.length - 1));
        var notes = new Notes();
        notes.add(LODGER, LODGER_RESULT, value);
        return notes.bytes.toByteArray();
    }

    private void addThread(Threads threads, int thread, ProcessFacts process, Machine machine) {
        var registers = threads.registers();
        var status = buffer(machine.statusSize());
        status.putLong(24, registers.mask(thread)).putInt(32, threads.tid(thread)).putInt(36, (int) process.number(4))
                .putInt(40, (int) process.number(5)).putInt(44, (int) process.number(6));
        status.put(machine.statusHeaderSize(), registers.memory().bytes(), registers.offset(thread), machine.registersSize());
        status.putInt(machine.statusHeaderSize() + machine.registersSize(), 1);
        add(CORE, Machine.REGISTERS_TYPE, status.array());
    }

    private void addVectors(Threads threads, int thread, Machine machine) {
        var registers = threads.registers();
        int offset = registers.vectorsOffset(thread);
        add(CORE, Machine.FLOATING_POINT_TYPE, copied(registers.vectors(), offset, machine.floatingPointSize()));
        if (registers.vectorsLength() > machine.floatingPointSize()) {
            add(LINUX, machine.vectorsType(), copied(registers.vectors(), offset, registers.vectorsLength()));
        }
    }

    private static byte[] copied(DirectMemory memory, int offset, int length) {
        var copy = new byte[length];
        memory.bytes().get(offset, copy);
        return copy;
    }

    /** struct elf_prpsinfo. */
    private static byte[] processInfo(ProcessFacts process) {
        var info = buffer(PRPSINFO_SIZE);
        info.put(0, (byte) Math.max(0, STATES.indexOf(process.state()))).put(1, (byte) process.state())
                .put(3, (byte) process.number(19)).putLong(8, process.number(9)).putInt(16, process.id("Uid"))
                .putInt(20, process.id("Gid")).putInt(24, process.pid()).putInt(28, (int) process.number(4))
                .putInt(32, (int) process.number(5)).putInt(36, (int) process.number(6));
        var name = process.name().getBytes(ISO_8859_1);
        info.put(40, name, 0, Math.min(name.length, 15));
        var arguments = process.commandLine().getBytes(ISO_8859_1);
        info.put(56, arguments, 0, Math.min(arguments.length, 79));
        return info.array();
    }

    /** The count and the page size, then start, end and offset in pages of each mapping of a file, then their names. */
    private static byte[] files(List<Mapping> mappings) {
        var mapped = mappings.stream().filter(Mapping::isOfFile).toList();
        var table = buffer((2 + 3 * mapped.size()) * Long.BYTES).putLong(mapped.size()).putLong(PageScan.PAGE);
        var names = new ByteArrayOutputStream();
        for (var mapping : mapped) {
            table.putLong(mapping.start()).putLong(mapping.end()).putLong(mapping.offset() / PageScan.PAGE);
            names.writeBytes((mapping.path() + '\0').getBytes(UTF_8));
        }
        var all = new ByteArrayOutputStream();
        all.writeBytes(table.array());
        all.writeBytes(names.toByteArray());
        return all.toByteArray();
    }

    private void add(String owner, int type, byte[] value) {
        var name = (owner + '\0').getBytes(UTF_8);
        bytes.writeBytes(buffer(12).putInt(name.length).putInt(value.length).putInt(type).array());
        addAligned(name);
        addAligned(value);
    }

    private void addAligned(byte[] value) {
        bytes.writeBytes(value);
        bytes.writeBytes(new byte[(ALIGNMENT - value.length % ALIGNMENT) % ALIGNMENT]);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
