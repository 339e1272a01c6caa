package io.lodger.snapshot.image;

import io.lodger.posix.PageScan;
import io.lodger.save.engine.SaveSession;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.process.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes an image as an ELF core, elf(5): header, program headers, notes, then memory, each mapping at the beginning of a page, and at
 * the very end a note that tells what became of it.
 */
public final class CoreFile {

    private static final int HEADER_SIZE = 64;
    private static final int PROGRAM_HEADER_SIZE = 56;
    private static final int SECTION_HEADER_SIZE = 64;
    private static final int RESULT_SIZE = PageScan.PAGE;
    private static final int CORE = 4;
    private static final int LOAD = 1;
    private static final int NOTE = 4;
    /** From this many program headers on their number stands in a section header: {@code PN_XNUM}. */
    private static final int MANY = 0xffff;

    private final SaveSession session;
    private final List<Segment> segments;
    private final byte[] notes;
    private final long memoryStart;

    /**
     * Knows then how large the image will be.
     *
     * @param notes those that stand in front, from {@link Notes#of}
     */
    public CoreFile(SaveSession session, List<Segment> segments, byte[] notes) {
        this.session = session;
        this.segments = segments;
        this.notes = notes;
        long headers = HEADER_SIZE + (segments.size() + 2L) * PROGRAM_HEADER_SIZE
                + (isMany() ? SECTION_HEADER_SIZE : 0);
        this.memoryStart = (headers + notes.length + PageScan.PAGE - 1) / PageScan.PAGE * PageScan.PAGE;
    }

    private boolean isMany() {
        return segments.size() + 2 >= MANY;
    }

    /** Writes all that stands before the memory. */
    public void writeHead(Machine machine) throws IOException {
        var head = ByteBuffer.allocateDirect((int) memoryStart).order(ByteOrder.nativeOrder());
        int headers = segments.size() + 2;
        long afterHeaders = HEADER_SIZE + (long) headers * PROGRAM_HEADER_SIZE;
        head.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        head.putShort((short) CORE).putShort((short) machine.elfMachine()).putInt(1).putLong(0).putLong(HEADER_SIZE)
                .putLong(isMany() ? afterHeaders : 0).putInt(0).putShort((short) HEADER_SIZE).putShort((short) PROGRAM_HEADER_SIZE)
                .putShort((short) (isMany() ? MANY : headers)).putShort((short) (isMany() ? SECTION_HEADER_SIZE : 0))
                .putShort((short) (isMany() ? 1 : 0)).putShort((short) 0);
        long notesStart = afterHeaders + (isMany() ? SECTION_HEADER_SIZE : 0);
        programHeader(head, NOTE, 0, notesStart, 0, notes.length, 0, Integer.BYTES);
        long offset = memoryStart;
        for (var segment : segments) {
            var mapping = segment.mapping();
            programHeader(head, LOAD, permissions(mapping), offset, mapping.start(), segment.fileSize(), mapping.size(), PageScan.PAGE);
            offset += segment.fileSize();
        }
        programHeader(head, NOTE, 0, offset, 0, RESULT_SIZE, 0, Integer.BYTES);
        if (isMany()) {
            head.putInt(0).putInt(0).putLong(0).putLong(0).putLong(0).putLong(0).putInt(0).putInt(headers).putLong(0).putLong(0);
        }
        head.put(notes).clear();
        session.image().write(head);
    }

    private static void programHeader(ByteBuffer head, int type, int flags, long offset, long address, long fileSize, long memorySize,
            long alignment) {
        head.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(0).putLong(fileSize).putLong(memorySize)
                .putLong(alignment);
    }

    private static int permissions(Mapping mapping) {
        var text = mapping.permissions();
        return (text.charAt(0) == 'r' ? 4 : 0) | (text.charAt(1) == 'w' ? 2 : 0) | (text.charAt(2) == 'x' ? 1 : 0);
    }

    /** How many bytes of memory the image shows, zeros included. */
    public long memorySize() {
        return segments.stream().mapToLong(Segment::fileSize).sum();
    }

    /** Writes the note at the end, of one page, with as much of the text as it holds. */
    public void writeResult(String text) throws IOException {
        session.image().write(ByteBuffer.allocateDirect(RESULT_SIZE).put(Notes.result(text, RESULT_SIZE)).flip());
    }
}
