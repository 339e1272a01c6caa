package io.lodger.snapshot.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What /proc tells of a process, proc(5).
 *
 * @param pid its id
 * @param status the lines of /proc/PID/status by name
 * @param stat the words of /proc/PID/stat from the state, the third, on
 * @param commandLine the arguments, with a space after each, at most 80 bytes
 */
public record ProcessFacts(int pid, Map<String, String> status, String[] stat, String commandLine) {

    private static final int COMMAND_LINE_SIZE = 80;

    /**
     * Reads them.
     *
     * @throws IOException when there is no such process
     */
    public static ProcessFacts of(int pid) throws IOException {
        var folder = folder(pid);
        try {
            return new ProcessFacts(pid, status(folder), stat(folder), commandLine(folder));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no process " + pid, e);
        }
    }

    /** /proc/PID. */
    public static Path folder(int pid) {
        return Path.of("/proc", Integer.toString(pid));
    }

    /** The lines of a status file, of the process or of a thread in its folder, by name. */
    public static Map<String, String> status(Path folder) throws IOException {
        var lines = new HashMap<String, String>();
        for (var line : Files.readAllLines(folder.resolve("status"), ISO_8859_1)) {
            int colon = line.indexOf(':');
            lines.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return lines;
    }

    /** The words of a stat file after the name, which may itself have blanks and brackets in it. */
    static String[] stat(Path folder) throws IOException {
        var text = Files.readString(folder.resolve("stat"), ISO_8859_1);
        return text.substring(text.lastIndexOf(')') + 2).strip().split(" ");
    }

    private static String commandLine(Path folder) throws IOException {
        var text = new String(Files.readAllBytes(folder.resolve("cmdline")), ISO_8859_1).replace('\0', ' ');
        return text.length() > COMMAND_LINE_SIZE ? text.substring(0, COMMAND_LINE_SIZE) : text;
    }

    /** The name of the program, at most 15 bytes. */
    public String name() {
        return status.get("Name");
    }

    /** A letter such as R, S, D, T or Z. */
    public char state() {
        return stat[0].charAt(0);
    }

    /** A word of the stat file by its number in proc(5), such as 4 for the parent's id. */
    public long number(int field) {
        return Long.parseLong(stat[field - 3]);
    }

    /** A size in a line of the status file, in bytes; 0 when there is no such line. */
    long size(String line) {
        var text = status.get(line);
        return text == null ? 0 : Long.parseLong(text.split(" ")[0]) * 1024;
    }

    /** The real user or group id: the first word of {@code Uid} or {@code Gid}. */
    public int id(String line) {
        return (int) Long.parseLong(status.get(line).split("\\s+")[0]);
    }
}
