package io.lodger.itests.guest.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Await;
import io.lodger.itests.guest.GuestMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The program {@code counting-tree.c} in a guest: a process with threads that wait, and with a child. Both count. */
final class CountingTree {

    /** How far a count leaps. */
    static final long LEAP = 1_000_000;

    private static final String PROGRAM = "/data/counting-tree";
    private static final String REPORT = "/data/count";

    private final GuestMachine machine;
    private final Path program;
    private final long parent;
    private final long child;

    /** Where one of the processes is. */
    record Line(long pid, long parent, long count) {

        private static Line of(String text) {
            var words = text.strip().split(" +");
            return new Line(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
    }

    /** Builds the program on this machine, puts it into the guest and starts it. */
    CountingTree(GuestMachine machine, Path folder) throws Exception {
        this.machine = machine;
        program = GuestProgram.build("counting-tree", folder);
        machine.control().write(PROGRAM, Files.readAllBytes(program));
        machine.control().run("chmod +x " + PROGRAM + "; setsid " + PROGRAM + " " + REPORT + " </dev/null >/dev/null 2>&1 &").text();
        // A line is missing until its process has written it; the first one is a hole where the second one was faster.
        machine.control().await("[ \"$(grep -ac '^[ 0-9]*$' " + REPORT + ")\" = 2 ]");
        parent = lines().get(0).pid();
        child = lines().get(1).pid();
        assertCounts();
    }

    /** The process at the top. */
    long pid() {
        return parent;
    }

    /** What the program's count is now in the process at the top. */
    long count() throws IOException {
        return lines().get(0).count();
    }

    /** Both have to be there, the one the other's parent, and to count on. */
    void assertCounts() throws Exception {
        var before = lines();
        assertEquals(List.of(parent, child), before.stream().map(Line::pid).toList());
        assertEquals(parent, before.get(1).parent());
        Await.until("both count on", () -> {
            var now = lines();
            return now.get(0).count() > before.get(0).count() && now.get(1).count() > before.get(1).count();
        });
    }

    /** Lets both counts leap, so that what comes of an image made before can be told from it. */
    void leap() throws Exception {
        machine.control().run("kill -USR1 " + parent + " " + child).text();
        Await.until("both counts have leapt", () -> lines().stream().allMatch(line -> line.count() > LEAP));
    }

    /** Kills both and waits until nothing is left of them. */
    void kill() throws IOException {
        machine.control().run("kill -KILL " + child + " " + parent).text();
        machine.control().await("[ ! -e /proc/" + parent + " ] && [ ! -e /proc/" + child + " ]");
    }

    /**
     * Opens an image of the process at the top with gdb: all threads have to be where they were, and the variables to hold what they did.
     *
     * @param least what the count was before the image was made
     * @param most what it was after
     */
    void assertOpensWithGdb(Path image, long least, long most) throws Exception {
        var gdb = new ProcessBuilder("gdb", "--batch", "-nx", "-ex", "thread apply all backtrace", "-ex", "print landmark", "-ex",
                "print *letter", "-ex", "print count", program.toString(), image.toString()).redirectErrorStream(true).start();
        gdb.getOutputStream().close();
        var said = new String(gdb.getInputStream().readAllBytes());
        assertEquals(0, gdb.waitFor(), said);
        assertEquals(4, Pattern.compile("^Thread \\d+ \\(", Pattern.MULTILINE).matcher(said).results().count(), said);
        assertThread(said, "await_byte \\(depth=0\\).*await_byte \\(depth=1\\).*reads \\(depth=0x1\\).*");
        assertThread(said, "await_lock \\(depth=0\\).*await_lock \\(depth=1\\).*await_lock \\(depth=2\\).*locks \\(depth=0x2\\).*");
        assertThread(said, "await_event \\(depth=0\\).*await_event \\(depth=1\\).*await_event \\(depth=3\\).*polls \\(depth=0x3\\).*");
        assertThread(said, "count_on \\(line=0\\).*main \\(arguments=2, .*");
        assertTrue(said.contains("$1 = 20261121"), said);
        assertTrue(said.contains("$2 = {number = 42, text = \"to whom it may concern"), said);
        var count = Pattern.compile("\\$3 = (\\d+)").matcher(said);
        assertTrue(count.find(), said);
        long saved = Long.parseLong(count.group(1));
        assertTrue(least <= saved && saved <= most + 1, () -> "the count was from " + least + " to " + most + ", and is " + saved);
    }

    private static void assertThread(String said, String frames) {
        assertTrue(List.of(said.split("(?m)^(?=Thread )")).stream().anyMatch(thread -> Pattern.compile(frames, Pattern.DOTALL)
                .matcher(thread).find()), () -> "no thread is in " + frames + ": " + said);
    }

    private List<Line> lines() throws IOException {
        return machine.control().run("cat " + REPORT).text().lines().map(Line::of).toList();
    }
}
